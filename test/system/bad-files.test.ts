import { createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { StoredRecord } from '@portreeve/log'
import { expect, it } from 'vitest'
import { boroughs } from './support/boroughs.ts'
import { recordsIn } from './support/prove-borough.ts'
import { fileHead, fileTail, reportElement, reportFile, reports, transactionsIn } from './support/report-file.ts'

const { start } = boroughs()

const good = reportFile()
const bomb = `<!DOCTYPE BAreports [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>`
const deep = 100_000

/** What is in a file, the file, and the code and line of its first fault. */
const badFiles: readonly (readonly [string, string | Uint8Array, string, number])[] = [
  [
    'an XML bomb',
    good.replace('<BAreports', `${bomb}<BAreports`).replace('NEW BUILD', '&d;'),
    'PRV_FORMATS_DOCTYPE',
    2,
  ],
  [
    'an external entity',
    good
      .replace('<BAreports', '<!DOCTYPE BAreports [<!ENTITY passwd SYSTEM "file:///etc/passwd">]><BAreports')
      .replace('NEW BUILD', '&passwd;'),
    'PRV_FORMATS_DOCTYPE',
    2,
  ],
  [
    'elements one hundred thousand deep',
    good.replace('<Remarks>', `<Remarks>${'<a>'.repeat(deep)}${'</a>'.repeat(deep)}`),
    'PRV_FORMATS_LIMIT',
    6,
  ],
  ['a NUL byte', good.replace('NEW BUILD', 'NEW\0BUILD'), 'PRV_FORMATS_NOT_WELL_FORMED', 6],
  ['an end that is missing', good.slice(0, good.indexOf('</Remarks>')), 'PRV_FORMATS_NOT_WELL_FORMED', 6],
  ['no trailer and no end tag', good.slice(0, good.indexOf('<BAreportTrailer>')), 'PRV_FORMATS_NOT_WELL_FORMED', 7],
  ['nothing in it', '', 'PRV_FORMATS_NOT_WELL_FORMED', 1],
  ['only white space in it', ' \n\n', 'PRV_FORMATS_NOT_WELL_FORMED', 3],
  ['no XML in it', 'Dear Sir, please find attached\nthe reports.', 'PRV_FORMATS_NOT_WELL_FORMED', 1],
  ['a PDF in it', Buffer.from('%PDF-1.7\n\u0000\u00ff\u00fe', 'latin1'), 'PRV_FORMATS_NOT_WELL_FORMED', 2],
  [
    'an encoding that it does not have',
    Buffer.from(reportFile({ reports: [{ remarks: 'CAF\u00c9' }] }), 'latin1'),
    'PRV_FORMATS_ENCODING',
    6,
  ],
  ['UTF-16 that it does not have', reportFile({ encoding: 'UTF-16' }), 'PRV_FORMATS_ENCODING', 1],
  ['an encoding that nobody knows', reportFile({ encoding: 'EBCDIC-CP-GB' }), 'PRV_FORMATS_ENCODING', 1],
  [
    'another vocabulary',
    '<?xml version="1.0"?>\n<invoice xmlns="urn:example:invoice"><total>1</total></invoice>',
    'PRV_FORMATS_STRUCTURE',
    2,
  ],
  [
    "another authority's code",
    reportFile({ authorityCode: '\n<BillingAuthorityIdentityCode>1234</BillingAuthorityIdentityCode>' }),
    '1010',
    4,
  ],
  ['no authority code', reportFile({ authorityCode: '' }), '1012', 3],
]

it('refuses a bad file as a whole, says where and why, and goes on with the others', async () => {
  const borough = await start()
  const files = []
  for (const [what, content, code, line] of badFiles) {
    files.push({ what, code, line, dropped: await borough.drop(`${what}.xml`, content) })
    await borough.drop(`good beside ${what}.xml`, reportFile())
  }
  await borough.settled()
  const delivered = await borough.search({ type: 'valuation.report.proposed', state: 'delivered' })
  expect(delivered).toHaveLength(badFiles.length)

  const answers = await Promise.all(files.map(({ dropped }) => borough.answer(dropped, 'as a whole')))
  for (const { what, code, line, dropped } of files) {
    const [found] = await borough.search({ file: dropped.digest, state: 'refused' })
    const track = await borough.operations.track({ reference: found?.reference ?? '' })
    expect(track?.refusals[0]?.problems[0], what).toMatchObject({ code, line })
    const told = track?.timeLine.filter(({ state }) => state === 'refused').map(({ sentence }) => sentence)
    expect(told, what).toEqual([expect.stringMatching(`^Refused: line ${line}: .*Correct it and send it again\\.$`)])
  }
  await borough.stopBroker()
  const bodies = (await recordsIn(borough, 'valuation.submission.refused')).map(jsonOf)
  for (const [index, { what, code, line, dropped }] of files.entries()) {
    const refusals = bodies.filter(({ digest }) => digest === dropped.digest)
    expect(refusals, what).toHaveLength(1)
    expect(refusals[0].problems[0], what).toMatchObject({ code, line })
    expect(answers[index], what).toContain('Nothing of it was sent.')
    expect(answers[index], what).toContain('What to do: correct the file')
    for (const { path, ...told } of refusals[0].problems) {
      expect(typeof path, what).toBe('string')
      for (const text of [told.code, told.rule, told.sentence]) expect(answers[index], what).toContain(text)
    }
  }
})

it('fetches nothing that a file points to', async () => {
  let asked = 0
  const server = createServer((_request, response) => {
    asked += 1
    response.end('<!ENTITY stolen "yes">')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/evil.dtd`
  const borough = await start()
  await borough.drop('bad.xml', reportFile().replace('<BAreports', `<!DOCTYPE BAreports SYSTEM "${url}"><BAreports`))
  await borough.settled()
  expect(asked).toBe(0)
  server.close()
})

it('refuses a file of 100 MB that is one report, without taking it into memory', async () => {
  const borough = await start()
  const before = process.memoryUsage().rss
  const temporary = join(borough.folder, 'one-report.part')
  await pipeline(Readable.from(oneGiantReport()), createWriteStream(temporary))
  await rename(temporary, join(borough.inbox(), 'giant.xml'))
  await borough.drop('other.xml', reportFile())
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 20)
  await borough.settled()
  const [refused] = await (async () => borough.search({ type: 'valuation.submission.refused' }))()
  clearInterval(watch)
  expect(refused?.file).toBe('giant.xml')
  expect(peak - before).toBeLessThan(120 * 1024 * 1024)
})

function* oneGiantReport(): Generator<string> {
  const report = reportElement({})
  const [head = '', tail = ''] = report.split('</AssessmentProperties>')
  yield `${fileHead()}${head}`
  const property = `</AssessmentProperties>${/<AssessmentProperties>.*/s.exec(head)?.[0]}`
  for (let bytes = 0; bytes < 100 * 1024 * 1024; bytes += property.length * 100) yield property.repeat(100)
  yield `</AssessmentProperties>${tail}${fileTail(1)}`
}

const encodings: readonly (readonly [string, (text: string) => Uint8Array, string])[] = [
  ['UTF-16, little end first', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'), 'UTF-16'],
  ['UTF-16, big end first', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 'UTF-16'],
  ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`), 'UTF-8'],
  ['ISO-8859-15', (text: string) => singleBytes(text, { '£': 0xa3, '€': 0xa4 }), 'ISO-8859-15'],
  ['windows-1252', (text: string) => singleBytes(text, { '£': 0xa3, '€': 0x80 }), 'windows-1252'],
]

it('reads each encoding that files come in, and keeps the characters that were meant', async () => {
  const borough = await start()
  for (const [what, write, encoding] of encodings) {
    const text = reportFile({ encoding, reports: [{ remarks: `${what}: £900 OR €1050` }, { remarks: 'NEXT' }] })
    await borough.drop(`${what}.xml`, write(text), { transactions: transactionsIn(text) })
  }
  await borough.settled()
  const delivered = await borough.search({ type: 'valuation.report.proposed', state: 'delivered' })
  expect(delivered).toHaveLength(2 * encodings.length)
  await borough.stopBroker()
  const remarks = (await recordsIn(borough, 'valuation.report.proposed')).map((record) => jsonOf(record).remarks)
  for (const [what] of encodings) expect(remarks).toContain(`${what}: £900 OR €1050`)
})

it('refuses only the reports whose characters the VOA cannot take, with the place of each', async () => {
  const borough = await start()
  const text = reportFile({
    encoding: 'windows-1252',
    reports: [{ remarks: 'PLAIN' }, { addressLine: '1 CAFÉ ROW' }, { remarks: 'FINE' }, { reference: 'R|7' }],
  })
  const transactions = transactionsIn(text)
  const file = await borough.drop('accents.xml', singleBytes(text, { É: 0xc9 }), { transactions })
  await borough.settled()
  expect((await borough.reportsOf(file)).map(({ state }) => state)).toEqual(['delivered', 'delivered'])
  const answer = await borough.answer(file, 'way to the VOA')
  expect(answer).toMatch(/2 reports went .*2 reports refused here/)
  expect(answer).toMatch(/Report 2\b.*Line \d+: .*É/)
  expect(answer).toMatch(/Report 4\b.*Line \d+: .*\|/)
})

it('answers a file of three thousand refused reports, each once', async () => {
  const borough = await start()
  const file = await borough.drop('hopeless.xml', reportFile({ reports: reports(3000, { reason: 'CR08' }) }))
  await borough.settled(60_000)
  const answer = await borough.answer(file, '3,000 reports refused here')
  const listed = answer.match(/ Report \d+\b/g) ?? []
  expect(listed.length).toBeGreaterThan(0)
  expect(new Set(listed).size).toBe(listed.length)
})

function singleBytes(text: string, codes: Readonly<Record<string, number>>): Buffer {
  return Buffer.from(Array.from(text, (character) => codes[character] ?? character.charCodeAt(0)))
}

function jsonOf({ value }: StoredRecord) {
  return JSON.parse(Buffer.from(value ?? []).toString('utf8'))
}
