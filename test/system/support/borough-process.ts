// A program of its own, to be measured: a borough that takes one file of many reports. Reports in lines of JSON on file
// descriptor 3: progress as it is told, and at the end how much memory it took.
import { createWriteStream, writeSync } from 'node:fs'
import { rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { TestBorough } from './borough.ts'
import { fileHead, fileTail, reportElement, reportFile } from './report-file.ts'
import { until } from './until.ts'

const [, , folder = '', voaUrl = '', reports = ''] = process.argv
const count = Number(reports)

function* largeFile(): Generator<string> {
  yield fileHead()
  for (let report = 0; report < count; report += 100) {
    yield Array.from({ length: Math.min(100, count - report) }, () => reportElement({})).join('')
  }
  yield fileTail(count)
}

function report(value: unknown): void {
  writeSync(3, `${JSON.stringify(value)}\n`)
}

await using borough = await TestBorough.start({ folder, voaUrl, maxWaitSeconds: 0.5 })
// Warmed up by a small file, so that what grows is what the large one takes.
await borough.drop('small.xml', reportFile())
await borough.settled()
const temporary = join(borough.inbox(), 'large.xml.part')
await pipeline(Readable.from(largeFile()), createWriteStream(temporary))
globalThis.gc?.()
borough.events.splice(0)
const { size: bytes } = await stat(temporary)
const before = process.memoryUsage().rss
await rename(temporary, join(borough.inbox(), 'large.xml'))

let peak = 0
const shown = new Set<string>()
await until(
  'all are delivered',
  async () => {
    peak = Math.max(peak, process.memoryUsage().rss)
    for (const event of borough.events.splice(0)) if (event.name === 'progress') report(event)
    const { counts, underWay } = await borough.operations.status()
    for (const { phase, percent } of underWay) shown.add(`${phase} ${percent} %`)
    const delivered = counts.find(({ type, state }) => type === 'valuation.report.proposed' && state === 'delivered')
    return delivered?.messages === count + 1
  },
  { withinMs: 60 * 60 * 1000 },
)
report({ name: 'end', bytes, shown: [...shown], before, peak, faults: await borough.operations.check() })
