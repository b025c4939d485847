import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Message } from '@portreeve/envelope'
import { afterEach, describe, expect, it } from 'vitest'
import { maxListedReports } from './answer.ts'
import { AnswerFolder } from './answer-folder.ts'
import { type FakeSystem, startFakeSystem } from './fake-system.ts'
import { sendAnswers } from './send-answers.ts'
import { digestOf, messageOf, reportRefused, submissionRefused, submissionSplit } from './testing/messages.ts'

const running: FakeSystem[] = []
afterEach(async () => {
  for (const system of running.splice(0)) await system.close()
})
const signal = new AbortController().signal

async function setUp() {
  const system = await startFakeSystem()
  running.push(system)
  const send = sendAnswers(new AnswerFolder(system.answersFolder))
  return {
    system,
    states: async (...messages: readonly Message[]) =>
      (await send({ id: 'b', messages }, signal)).map((outcome) =>
        'error' in outcome ? outcome.error.code : outcome.state,
      ),
    text: async (file: string) => (await system.answers())[`${file}.xml.${digestOf(file).slice(0, 8)}.txt`],
    json: async (file: string) =>
      JSON.parse((await system.answers())[`${file}.xml.${digestOf(file).slice(0, 8)}.json`] ?? 'null'),
  }
}

describe('the answer to a file', () => {
  it('says what was taken, which reports were refused, where, why and what to do', async () => {
    const { states, text } = await setUp()
    expect(await states(reportRefused('march', 2), submissionSplit('march', 12, 1))).toEqual(['delivered', 'delivered'])
    expect(await text('march')).toBe(`File:       march.xml
Reference:  9R3R-march

12 reports went on their way to the VOA, 1 report refused here.

What to do: correct the reports below and send them in a new file.
Do not send the others again.

------------------------------------------------------------------------
Report 3 of the file, BA report number 1003, transaction identity BA
9900002, reference R-march-2
  Line 42: CR99 is no reason for a council tax report. Use one of CR01
  to CR14.
  (1012, reasonForReportCode)
`)
  })

  it('says of a file that is refused as a whole why, and that nothing of it was sent', async () => {
    const { states, text } = await setUp()
    await states(submissionRefused('march'))
    expect(await text('march')).toBe(`File:       march.xml
Reference:  9R3R-march

The file as a whole was refused. Nothing of it was sent.

  Line 7: The file ends in the middle. Export it again.
  (X, end of file)

What to do: correct the file and drop it into the inbox again.
`)
  })

  it('names a rule once, and fits a page', async () => {
    const { states, text } = await setUp()
    const problems = [
      { code: 'PRV_X', path: '', rule: 'PRV_X', sentence: 'It is a sentence of some length. '.repeat(9) },
    ]
    await states(reportRefused('march', 0, { problems }), submissionSplit('march', 0, 1))
    expect(await text('march')).toContain('\n  (PRV_X)\n')
    for (const line of (await text('march'))?.split('\n') ?? []) expect(line.length).toBeLessThanOrEqual(72)
  })

  it('says that all is well when it is', async () => {
    const { states, text } = await setUp()
    await states(submissionSplit('march', 1, 0))
    expect(await text('march')).toContain('1 report went on its way to the VOA.\nNothing is to be done.\n')
    expect(await text('march')).not.toContain('What to do')
  })

  it('becomes the same in whatever order and however often the news come', async () => {
    const news = [submissionSplit('march', 3, 2), reportRefused('march', 4), reportRefused('march', 1)]
    const one = await setUp()
    await one.states(...news)
    const two = await setUp()
    for (const message of [...news.toReversed(), ...news]) await two.states(message)
    expect(await two.system.answers()).toEqual(await one.system.answers())
    expect((await one.json('march')).refusedReports.map(({ index }: { index: number }) => index)).toEqual([1, 4])
  })

  it('lists the first thousand of very many refused reports, and says how to see the others', async () => {
    const { states, text, json } = await setUp()
    const all = Array.from({ length: maxListedReports + 5 }, (_, index) => reportRefused('march', index))
    await states(...all.slice(500))
    await states(...all.slice(0, 500), submissionSplit('march', 0, all.length))
    const { refusedReports } = await json('march')
    expect([refusedReports.length, refusedReports.at(-1).index]).toEqual([1000, 999])
    expect(await text('march')).toContain(`portreeve list messages --file ${digestOf('march')}`)
    expect(await text('march')).not.toContain('Do not send the others')
  })

  it('holds no raw report: a folder of answers may be seen by more people than the message', async () => {
    const { states, system } = await setUp()
    await states(reportRefused('march', 0))
    expect(JSON.stringify(await system.answers())).not.toContain('<BApropertyReport')
  })

  const file = { fileName: 'march.xml', digest: digestOf('march') }
  const report = { index: 0, reference: 'R', identity: {}, problems: [] }
  it.each([
    ['{'],
    ['[]'],
    ['{"status":"split"}'],
    ['{"status":"split","refusedReports":[1]}'],
    ['{"status":"taken","refusedReports":[{"index":0}]}'],
    [JSON.stringify({ ...file, status: 'done', refusedReports: [report] })],
    [JSON.stringify({ ...file, digest: digestOf('april'), status: 'taken', refusedReports: [report] })],
    [JSON.stringify({ ...file, status: 'refused', problems: [null], refusedReports: [report] })],
    [JSON.stringify({ ...file, status: 'taken', refusedReports: [{ ...report, identity: null }] })],
    [JSON.stringify({ ...file, status: 'taken', refusedReports: [{ ...report, index: '0' }] })],
    [JSON.stringify({ ...file, status: 'taken', refusedReports: [{ ...report, problems: [{ code: 'X' }] }] })],
  ])('is written anew when somebody has made %s of it', async (spoilt) => {
    const { system, states, json } = await setUp()
    await states(reportRefused('march', 0))
    const [name = ''] = Object.keys(await system.answers()).filter((each) => each.endsWith('.json'))
    await writeFile(join(system.answersFolder, name), spoilt)
    expect(await states(reportRefused('march', 1))).toEqual(['delivered'])
    expect((await json('march')).refusedReports).toHaveLength(1)
  })
})

describe('a batch of news', () => {
  it('stops at a message that tells of no file: what is behind it waits', async () => {
    const { states, text } = await setUp()
    const odd = messageOf('valuation.report.refused', 'R-odd', { fileName: 'march.xml', digest: '../../etc/passwd' })
    expect(await states(reportRefused('march', 1), odd, reportRefused('april', 1))).toEqual([
      'delivered',
      'PRV_REVENUES_MESSAGE',
      'PRV_REVENUES_WAITS',
    ])
    expect([await text('march'), await text('april')].map((answer) => answer !== undefined)).toEqual([true, false])
  })

  it.each([
    ['no JSON', new TextEncoder().encode('<x/>')],
    ['no report', new TextEncoder().encode(JSON.stringify({ fileName: 'a', digest: 'a'.repeat(64) }))],
  ])('does not understand %s', async (_what, body) => {
    const { states } = await setUp()
    expect(await states({ ...reportRefused('march', 1), body })).toEqual(['PRV_REVENUES_MESSAGE'])
  })

  it('is not taken while the folder for answers cannot be written, and is as soon as it can', async () => {
    const { system, states, text } = await setUp()
    await writeFile(system.answersFolder, 'in the way')
    expect(await states(reportRefused('march', 1), reportRefused('april', 1))).toEqual([
      'PRV_ENDPOINTS_FILE_FAILED',
      'PRV_REVENUES_WAITS',
    ])
    await rm(system.answersFolder)
    expect(await states(reportRefused('march', 1), reportRefused('april', 1))).toEqual(['delivered', 'delivered'])
    expect(await text('march')).toContain('Report 2 of the file')
  })

  it('writes the answers of two files that are told of by turns', async () => {
    const { states, system } = await setUp()
    await states(...[0, 1, 2, 3].map((index) => reportRefused(index % 2 === 0 ? 'march' : 'april', index)))
    expect(Object.keys(await system.answers())).toHaveLength(4)
    for (const name of Object.keys(await system.answers())) {
      expect(await readFile(join(system.answersFolder, name), 'utf8')).not.toBe('')
    }
  })
})
