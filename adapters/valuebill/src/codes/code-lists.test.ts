import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReportVerdict, Verdict } from '@portreeve/adapter-sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFakeSystem } from '../fake-system.ts'
import valuebill from '../index.ts'
import { businessRatesReport, councilTaxReport, entries, property } from '../testing/example-report.ts'
import { batchOf, reportMessage } from '../testing/report-message.ts'
import { validateDocument } from '../validate-document.ts'
import { documentElement, writeDocument } from '../write-document.ts'
import { ourCodeLists, readCodeLists } from './code-lists.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prv-codes-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function fileOf(...lines: readonly string[]): Promise<string> {
  const file = join(folder, 'codes.tsv')
  await writeFile(file, lines.join('\n'))
  return file
}

const head = 'code_list\tcode\tmeaning'

/** Newer than ours: business rates has a 20 and no 19, and there is another kind of property. */
const newer = [
  head,
  ...['01', '11', '20'].map((code) => `NndrReasonForReportCode\t${code}\tA reason`),
  'NndrPrimaryDescriptionCode\tTM\tTIDE MILL AND PREMISES',
  'ServiceErrorCode\t1006\tThe code has been withdrawn.',
]

describe('a file of code lists', () => {
  it('takes the place of the lists that are in it, and of no others', async () => {
    const lists = await readCodeLists(await fileOf(...newer, 'NndrPrimaryDescriptionCode\tTM\tANOTHER MEANING', ''))
    expect([...lists.NndrReasonForReportCode.keys()]).toEqual(['01', '11', '20'])
    expect(lists.NndrPrimaryDescriptionCode.get('TM')).toEqual(['TIDE MILL AND PREMISES', 'ANOTHER MEANING'])
    expect(lists.CtaxReasonForReportCode).toBe(ourCodeLists.CtaxReasonForReportCode)
  })

  it('may be written by a program that begins it with a byte order mark and ends lines in its own way', async () => {
    const lists = await readCodeLists(await fileOf(`\uFEFF${newer.join('\r\n')}`))
    expect(lists.ServiceErrorCode.get('1006')).toEqual(['The code has been withdrawn.'])
  })

  it.each([
    ['no head', ['NndrReasonForReportCode\t20\tNew'], /first line/],
    ['commas', ['code_list,code,meaning'], /first line/],
    ['no meaning', [head, 'NndrReasonForReportCode\t20'], /line 2 has not three columns/],
    ['a fourth column', [head, 'NndrReasonForReportCode\t20\tNew\tx'], /line 2 has not three columns/],
    ['a list that there is not', [head, 'NndrReasonForReport\t20\tNew'], /line 2 is of the list NndrReasonForReport;/],
    ['a code with markup', [head, 'NndrReasonForReportCode\t"/>\tNew'], /line 2 has a code that is none/],
    ['nothing', [head, ''], /no codes/],
  ])('is refused with a reason when it has %s', async (_, lines, reason) => {
    await expect(readCodeLists(await fileOf(...lines))).rejects.toMatchObject({
      code: 'PRV_VALUEBILL_CODES_UNUSABLE',
      message: expect.stringMatching(reason),
    })
  })

  it('that is not there, or no text, is told so', async () => {
    const unusable = { code: 'PRV_VALUEBILL_CODES_UNUSABLE', message: expect.stringMatching(/cannot be read/) }
    await expect(readCodeLists(join(folder, 'absent.tsv'))).rejects.toMatchObject(unusable)
    const file = join(folder, 'binary.tsv')
    await writeFile(file, Uint8Array.of(0xff, 0xfe, 0x00))
    await expect(readCodeLists(file)).rejects.toMatchObject(unusable)
  })
})

describe('code lists of the configuration', () => {
  const mill = property('7', { PropertyDescription: { PrimaryDescriptionCode: 'TM' } })
  const shop = property('7', { PropertyDescription: { PrimaryDescriptionCode: 'CS' } })
  const reports = [
    businessRatesReport('20', { BAreportNumber: '1', ExistingEntries: entries(mill) }),
    businessRatesReport('19', { BAreportNumber: '2', ExistingEntries: entries(mill) }),
    businessRatesReport('20', { BAreportNumber: '3', ExistingEntries: entries(shop) }),
  ]

  async function verdicts(options: { codesFile?: string }) {
    const head = { billingAuthority: 'Borough of Sallowmere', billingAuthorityCode: '9999', at: new Date(0) }
    const bytes = writeDocument(documentElement(reports, head))
    const source = (async function* () {
      yield bytes
    })()
    const all: Verdict[] = await Array.fromAsync(validateDocument(source, options))
    return all.filter((verdict): verdict is ReportVerdict => verdict.kind === 'report')
  }
  const codes = (found: readonly ReportVerdict[]) =>
    found.map(({ problems }) => problems.map(({ code }) => code).join())

  it('decide what rules and schema take', async () => {
    expect(codes(await verdicts({}))).toEqual(['InvalidNdrCode', '2000', 'InvalidNdrCode'])
    const found = await verdicts({ codesFile: await fileOf(...newer) })
    expect(codes(found)).toEqual(['', 'InvalidNdrCode', '2000'])
    expect(found[1]?.problems[0]?.sentence).toContain('choose one from 01 to 20')
  })

  it('give the words of what the service refuses', async () => {
    const service = await startFakeSystem({ authorityCode: '9999', refuse: { '1001': '1006' } })
    const { baseUrl } = service
    const adapter = await open({ baseUrl, codesFile: await fileOf(...newer) })
    try {
      const message = reportMessage(councilTaxReport('CR03', { ProposedEntries: entries() }))
      expect(await adapter.send?.(batchOf(message), signal)).toEqual([
        { state: 'refused', code: '1006', reason: 'The code has been withdrawn.' },
      ])
    } finally {
      await adapter[Symbol.asyncDispose]()
      await service.close()
    }
  })

  it('keep the adapter from starting when they cannot be used', async () => {
    const unusable = { code: 'PRV_VALUEBILL_CODES_UNUSABLE' }
    const settings = { baseUrl: 'http://127.0.0.1:1', codesFile: join(folder, 'absent.tsv') }
    await expect(open(settings)).rejects.toMatchObject(unusable)
    await expect(verdicts(settings)).rejects.toMatchObject(unusable)
  })
})

const signal = new AbortController().signal

function open(settings: { readonly baseUrl: string; readonly codesFile: string }) {
  return valuebill.open(
    { billingAuthority: 'Borough of Sallowmere', billingAuthorityCode: '9999', password: 'secret', ...settings },
    {
      label: 'voa',
      authority: 'X99000001',
      now: () => new Date('2026-03-02T10:00:00Z'),
      signal,
      claims: { put: () => Promise.reject(new Error('unused')), get: () => [] as never },
    },
  )
}
