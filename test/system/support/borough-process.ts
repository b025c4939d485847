// A program of its own, to be measured: a borough that takes one file of many reports. Reports in lines of JSON on file
// descriptor 3: progress as it is told, and at the end how much memory it took.
import { createWriteStream, writeSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { TestBorough } from './borough.ts'
import { fileHead, fileTail, reportElement } from './report-file.ts'
import { until } from './until.ts'

const count = Number(process.argv[2])
const borough = await TestBorough.start({ maxWaitSeconds: 0.5 })

function* file(): Generator<string> {
  yield fileHead()
  for (let report = 0; report < count; report += 100) {
    yield Array.from({ length: Math.min(100, count - report) }, () => reportElement({})).join('')
  }
  yield fileTail(count)
}

function report(value: unknown): void {
  writeSync(3, `${JSON.stringify(value)}\n`)
}

// Warmed up by a small file, so that what grows is what the large one takes.
await borough.drop('small.xml', [fileHead(), reportElement({}), fileTail(1)].join(''))
await borough.settled()
const temporary = join(borough.inbox(), 'large.xml.part')
await pipeline(Readable.from(file()), createWriteStream(temporary))
globalThis.gc?.()
const before = process.memoryUsage().rss
await rename(temporary, join(borough.inbox(), 'large.xml'))

let peak = 0
let told = 0
await until(
  'all are delivered',
  async () => {
    peak = Math.max(peak, process.memoryUsage().rss)
    for (const event of borough.events.slice(told)) if (event.name === 'progress') report(event)
    told = borough.events.length
    const { counts } = await borough.operations.status()
    const delivered = counts.find(({ type, state }) => type === 'valuation.report.proposed' && state === 'delivered')
    return delivered?.messages === count + 1
  },
  { withinMs: 60 * 60 * 1000 },
)
const faults = await borough.operations.check()
const atVoa = borough.voa.reports().map(({ baTransaction }) => baTransaction)
await borough.remove()
report({ name: 'end', before, peak, faults, atVoa: atVoa.length, distinct: new Set(atVoa).size })
