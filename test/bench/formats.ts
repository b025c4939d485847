import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { writeXml, XmlElement, type XmlPart, type XmlRecords, xmlRecords, xsdValidator } from '@portreeve/formats'
import type { Row } from './row.ts'

const namespace = 'http://www.govtalk.gov.uk/LG/Valuebill'
const name = (local: string) => ({ namespace, name: local })
const reports = 8000
const recordsAtOnce = 20

/** What one core reads, checks against a schema and writes of XML. Processor time: a busy machine counts less. */
export async function benchFormats(): Promise<Row[]> {
  const file = makeFile()
  const records = xmlRecords({
    root: name('BAreports'),
    record: name('BApropertyReport'),
    before: [name('BAreportHeader')],
    after: [name('BAreportTrailer')],
  })
  const check = await measure(() => records.check(file))
  const trees = await measure(() => count(records, file))
  const skip = await measure(() => count(records, file, reports))

  const parts = await Array.fromAsync(records.read(file))
  const elements = parts.filter(({ kind }) => kind === 'record').map(({ element }) => element)
  const wrap = wrapper(parts)
  const folder = fileURLToPath(new URL('../../schemas/xml/valuebill', import.meta.url))
  using schema = await xsdValidator({ folder, rootFile: 'valuebill-ba-to-voa.xsd' })
  const validate = await measure(async () => {
    for (let at = 0; at < elements.length; at += recordsAtOnce) {
      const together = elements.slice(at, at + recordsAtOnce).map((element) => ({ element, path: '' }))
      const problems = schema.validateRecords(together, wrap).flat()
      if (problems.length > 0) throw new TypeError(problems[0]?.sentence)
    }
  })
  const write = await measure(async () => writeXml(wrap(elements), { prefixes: { [namespace]: '' } }))

  const perSecond = (micros: number) => Math.round((reports / micros) * 1e6)
  const megabytes = (micros: number) => Math.round((file.length / micros) * 10) / 10
  const note = `${Math.round(file.length / reports)} bytes a report, one core, processor time`
  return [
    { name: 'formats: check a file', value: megabytes(check), unit: 'MB/s', note },
    { name: 'formats: pass over records', value: megabytes(skip), unit: 'MB/s', note: 'what a resumed file costs' },
    { name: 'formats: split into trees', value: megabytes(trees), unit: 'MB/s' },
    { name: 'formats: split into trees', value: perSecond(trees), unit: 'reports/s', note },
    {
      name: 'formats: check against the schema',
      value: perSecond(validate),
      unit: 'reports/s',
      note: `${recordsAtOnce} at once`,
    },
    { name: 'formats: write', value: megabytes(write), unit: 'MB/s' },
  ]
}

async function count(records: XmlRecords, file: Uint8Array, fromIndex = 0): Promise<void> {
  for await (const { kind } of records.read(file, { fromIndex })) if (kind === 'record' && fromIndex > 0) return
}

/** A file around some records, with the root, header and trailer of another. */
function wrapper(parts: readonly XmlPart[]): (records: readonly XmlElement[]) => XmlElement {
  const root = parts.find(({ kind }) => kind === 'root')?.element
  const [header, trailer] = parts.filter(({ kind }) => kind === 'other').map(({ element }) => element)
  if (root === undefined || header === undefined || trailer === undefined) throw new TypeError('the file lacks a part')
  return (records) => new XmlElement(namespace, root.name, root.attributes, [header, ...records, trailer])
}

/** A file of reports with every element, about 3.5 KB each. */
function makeFile(): Uint8Array {
  const golden = new URL('../../adapters/valuebill/golden/every-element/input.xml', import.meta.url)
  const text = readFileSync(golden, 'utf8')
  const start = text.indexOf('  <BApropertyReport>')
  const end = text.indexOf('  <BAreportTrailer>')
  return Buffer.from(text.slice(0, start) + text.slice(start, end).repeat(reports) + text.slice(end))
}

/** Microseconds of processor time, the best of three runs. */
async function measure(work: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < 3; run += 1) {
    const start = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(start)
    best = Math.min(best, user + system)
  }
  return best
}
