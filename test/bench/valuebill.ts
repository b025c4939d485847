import { readFileSync } from 'node:fs'
import valuebill from '@portreeve/adapter-valuebill'
import { prepareBatch } from '../../adapters/valuebill/src/prepare-batch.ts'
import { openService } from '../../adapters/valuebill/src/service.ts'
import { batchOf, messageOf } from '../../adapters/valuebill/src/testing/report-message.ts'
import type { Row } from './row.ts'

const reports = 4000
const authority = { billingAuthority: 'Borough of Sallowmere', billingAuthorityCode: '9999' }
const signal = new AbortController().signal
const options = { contentType: 'application/xml', documentId: 'ab'.repeat(32), documentName: 'bench.xml', signal }

/**
 * What one core reads, corrects, checks against rules and schema, and maps; and what it makes ready for sending. Processor
 * time, so that a busy machine counts less.
 */
export async function benchValuebill(): Promise<Row[]> {
  const document = makeDocument()
  const config = { ...authority, baseUrl: 'http://127.0.0.1:1', password: 'unused' }
  const claims = { put: () => Promise.reject(new Error('unused')), get: () => inPieces(new Uint8Array()) }
  const context = { label: 'voa', authority: 'X99000001', now: () => new Date(), signal, claims }
  await using adapter = await valuebill.open(config, context)
  const { receive } = adapter
  if (receive === undefined) throw new TypeError('the adapter cannot receive')
  const records = () => Array.fromAsync(receive.records(inPieces(document), options))
  await records()

  const check = await measure(() => receive.check(inPieces(document), options))
  const read = await measure(records)
  const messages = (await records()).flatMap((item) => ('message' in item ? [messageOf(item.message)] : []))
  using service = await openService()
  const send = await measure(async () => {
    for (let at = 0; at < messages.length; at += 500) {
      prepareBatch(batchOf(...messages.slice(at, at + 500)), authority, service)
    }
  })
  const note = `${Math.round(document.byteLength / reports)} bytes a report, one core, processor time`
  return [
    row('valuebill: check a file to its end', check, note),
    row('valuebill: read, correct, judge and map', read, 'schema included; without the check before'),
    row('valuebill: receive, both passes', check + read, ''),
    row('valuebill: make a submission of 500 ready', send, 'correct, judge, schema, write'),
  ]
}

function row(name: string, micros: number, note: string): Row {
  return { name, value: Math.round((reports / micros) * 1e6), unit: 'reports/s', ...(note !== '' && { note }) }
}

/** Microseconds of processor time, the better of two runs. */
async function measure(work: () => Promise<unknown>): Promise<number> {
  const once = async () => {
    const start = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(start)
    return user + system
  }
  return Math.min(await once(), await once())
}

/** One change of address to three reports with every element: about the size of real ones. */
function makeDocument(): Uint8Array {
  const [change, full, simple] = ['council-tax-change-of-address', 'every-element', 'council-tax-new'].map(readCase)
  if (change === undefined || full === undefined || simple === undefined)
    throw new TypeError('a golden case is missing')
  const mix = [change.report, full.report, full.report, full.report]
  const all = Array.from({ length: reports }, (_, index) => mix[index % mix.length])
  return new TextEncoder().encode(simple.before + all.join('\n') + simple.after)
}

function readCase(name: string): { before: string; report: string; after: string } {
  const file = new URL(`../../adapters/valuebill/golden/${name}/input.xml`, import.meta.url)
  const text = readFileSync(file, 'utf8')
  const start = text.indexOf('  <BApropertyReport>')
  const end = text.indexOf('  <BAreportTrailer>')
  return { before: text.slice(0, start), report: text.slice(start, end), after: text.slice(end) }
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}
