import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { authorization, lookup, submit } from './fake-system/testing/caller.ts'
import { exampleDocument } from './fake-system/testing/example-document.ts'
import { type FakeSystem, type FakeSystemOptions, startFakeSystem } from './fake-system.ts'

let folder: string
const running: FakeSystem[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fake-system-'))
})

afterEach(async () => {
  for (const system of running.splice(0)) await system.close()
  await rm(folder, { recursive: true })
})

async function start(options: Partial<FakeSystemOptions> = {}): Promise<FakeSystem> {
  const system = await startFakeSystem({ authorityCode: '9999', ...options })
  running.push(system)
  return system
}

async function answerTo(document: string | Uint8Array, options: Partial<FakeSystemOptions> = {}) {
  const response = await submit(await start(options), 'b1', document)
  expect(response.status).toBe(200)
  return (await response.json()) as { status: string; errors: { errors: { errorCode: string; values: string[] }[] }[] }
}

async function codesFor(document: string | Uint8Array, options: Partial<FakeSystemOptions> = {}): Promise<string[]> {
  const { errors } = await answerTo(document, options)
  return errors.flatMap((report) => report.errors.map(({ errorCode }) => errorCode))
}

describe('a submission', () => {
  it('is done when all is well, and each report is taken in order', async () => {
    const system = await start()
    const reports = [
      { reportNumber: '7' },
      { reportNumber: '3', uprns: ['20', '100'], proposed: 2, existing: 1, reason: 'CR05' },
    ]
    const response = await submit(system, 'b1', exampleDocument({ reports }))
    expect(await response.json()).toEqual({ submissionId: expect.any(String), status: 'Done', errors: [] })
    expect(system.reports()).toMatchObject([
      { sequence: 1, batchId: 'b1', reportNumber: '7', baTransaction: 'SALLOW-7', uprn: ['100000000001'] },
      { sequence: 2, batchId: 'b1', reportNumber: '3', baTransaction: 'SALLOW-3', uprn: ['100', '20'] },
    ])
  })

  it('fails as a whole when one report fails, and nothing is taken', async () => {
    const system = await start()
    const reports = [
      { reportNumber: '1' },
      { reportNumber: '2', reason: 'CR08', existing: 1 },
      { reportNumber: '3', remarks: '-' },
    ]
    const response = await submit(system, 'b1', exampleDocument({ reports }))
    expect(await response.json()).toMatchObject({
      status: 'Failed',
      errors: [
        {
          reportNumber: '2',
          baTransaction: 'SALLOW-2',
          uprn: ['100000000001'],
          errors: [{ errorCode: 'Cr08InvalidCodeValidation', values: [] }],
        },
        { reportNumber: '3', errors: [{ errorCode: 'RemarksValidationNotEmpty', values: [] }] },
      ],
    })
    expect(system.reports()).toEqual([])
  })

  it('may be refused for chosen reports on business grounds, from the start and later', async () => {
    const system = await start({ refuse: { '1': '1006' } })
    expect(await (await submit(system, 'b1', exampleDocument())).json()).toMatchObject({
      status: 'Failed',
      errors: [{ reportNumber: '1', errors: [{ errorCode: '1006', values: [] }] }],
    })
    await fetch(`${system.baseUrl}/__refusals`, { method: 'PUT', body: '{}' })
    expect(await (await submit(system, 'b2', exampleDocument())).json()).toMatchObject({ status: 'Done' })
  })
})

describe('the order of work', () => {
  it('reads a no-break space entity as a space, in any encoding that has ASCII', async () => {
    const document = exampleDocument({ reports: [{ remarks: 'NEW&nbsp;HOUSE' }] })
    expect(await codesFor(document)).toEqual([])
    const declared = `<?xml version="1.0" encoding="ISO-8859-1"?>${document.replace('NEW', 'CAF\u00c9')}`
    expect(await codesFor(Buffer.from(declared, 'latin1'))).toEqual([])
  })

  it.each([
    ['text that is no XML', 'BillingAuthority,Sallowmere'],
    ['a document cut short', exampleDocument().slice(0, -5)],
    ['any document type, before all else', `<!DOCTYPE BAreports>${exampleDocument({ authority: '' })}`],
    [
      'an entity bomb',
      `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>${exampleDocument({ reports: [{ remarks: '&b;' }] })}`,
    ],
  ])('answers 2001 to %s', async (_, document) => {
    expect(await codesFor(document)).toEqual(['2001'])
  })

  it.each([
    ['1012', 'no billing authority code', ''],
    ['1012', 'the code 0', '<BillingAuthorityIdentityCode>0000</BillingAuthorityIdentityCode>'],
    ['1010', 'another authority', '<BillingAuthorityIdentityCode>9998</BillingAuthorityIdentityCode>'],
  ])('answers %s to %s, before it looks at the reports', async (code, _, authority) => {
    expect(await codesFor(exampleDocument({ authority, reports: [{ remarks: null }] }))).toEqual([code])
  })

  it('knows its own code with or without zeros in front', async () => {
    const authority = '<BillingAuthorityIdentityCode>042</BillingAuthorityIdentityCode>'
    const system = await start({ authorityCode: '0042', password: 'p:w' })
    const headers = {
      authorization: `Basic ${Buffer.from('BA0042:p:w').toString('base64')}`,
      'content-type': 'text/xml; charset=utf-8',
    }
    const response = await submit(system, 'b1', exampleDocument({ authority }), { headers })
    expect(await response.json()).toMatchObject({ status: 'Done' })
  })

  it('mends missing times and every declared count before the schema looks', async () => {
    const trailer = '<RecordCount>-4</RecordCount><TotalCtaxReportCount>x</TotalCtaxReportCount>'
    expect(await codesFor(exampleDocument({ headerTimes: '', trailer }))).toEqual([])
    expect(await codesFor(exampleDocument({ headerTimes: '<ProcessDate>yesterday</ProcessDate>' }))).toEqual(['2000'])
  })

  it('asks the schema last, and only when the business rules found nothing', async () => {
    const wrong = { baTransaction: 'X' }
    expect(await codesFor(exampleDocument({ reports: [wrong] }))).toEqual(['2000'])
    expect(await codesFor(exampleDocument({ reports: [{ ...wrong, remarks: '-' }] }))).toEqual([
      'RemarksValidationNotEmpty',
    ])
  })

  it('lets its own postcode rule pass what its schema then refuses', async () => {
    expect(await codesFor(exampleDocument({ reports: [{ postcode: 'CC11 1CC' }] }))).toEqual(['2000'])
    expect(await codesFor(exampleDocument({ reports: [{ postcode: 'AB1 2--' }] }))).toEqual(['2000'])
    expect(await codesFor(exampleDocument({ reports: [{ postcode: 'CC111CC' }] }))).toEqual([
      'TextAddressPostcodeValidation',
    ])
  })

  it('applies the rules of before 2019 when told to', async () => {
    const document = exampleDocument({ reports: [{ proposed: 2, remarks: 'new house', authority: '9998' }] })
    expect(await codesFor(document)).toEqual([])
    expect(await codesFor(document, { olderRules: true })).toEqual(['1000', '1010', '1001'])
  })
})

describe('once only', () => {
  it('gives the first answer to the same batch again, and takes it once', async () => {
    const system = await start()
    const first = await (await submit(system, 'b1', exampleDocument())).json()
    system.setRefusals({ '1': '1006' })
    expect(await (await submit(system, 'b1', exampleDocument())).json()).toEqual(first)
    expect(system.reports()).toHaveLength(1)
    expect(system.submissions()).toMatchObject([{ batchId: 'b1', status: 'Done' }])
    expect(system.requests()).toEqual({ submit: 2, lookup: 0, health: 0 })
  })

  it('counts a report twice when it comes in two batches: the proof that tests look for', async () => {
    const system = await start()
    await submit(system, 'b1', exampleDocument())
    await submit(system, 'b2', exampleDocument())
    expect(system.reports().map(({ sequence, batchId }) => [sequence, batchId])).toEqual([
      [1, 'b1'],
      [2, 'b2'],
    ])
  })

  it('answers 409 to other bytes under the same id, and takes nothing', async () => {
    const system = await start()
    await submit(system, 'b1', exampleDocument())
    const other = await submit(system, 'b1', exampleDocument({ reports: [{ reportNumber: '2' }] }))
    expect(other.status).toBe(409)
    expect(system.reports().map(({ reportNumber }) => reportNumber)).toEqual(['1'])
  })

  it('tells on asking what became of a batch, good or bad, and 404 when it never came', async () => {
    const system = await start()
    const done = await (await submit(system, 'b1', exampleDocument())).json()
    const failed = await (await submit(system, 'b2', '<x/>')).json()
    expect(await (await lookup(system, 'b1')).json()).toEqual(done)
    expect(await (await lookup(system, 'b2')).json()).toEqual(failed)
    expect((await lookup(system, 'b3')).status).toBe(404)
  })

  it('remembers over a restart, and forgets a line that a kill cut short', async () => {
    const file = join(folder, 'register.jsonl')
    const before = await start({ file })
    const first = await (await submit(before, 'b1', exampleDocument())).json()
    await before.close()
    await appendFile(file, '{"submissionId":"half')
    const after = await start({ file })
    expect(await (await submit(after, 'b1', exampleDocument())).json()).toEqual(first)
    await submit(after, 'b2', exampleDocument({ reports: [{ reportNumber: '2' }] }))
    expect(after.reports().map(({ sequence, reportNumber }) => [sequence, reportNumber])).toEqual([
      [1, '1'],
      [2, '2'],
    ])
    expect((await start({ file })).reports()).toEqual(after.reports())
  })
})

describe('the door', () => {
  it('asks for the login, but not for its health', async () => {
    const system = await start()
    const wrong = {
      authorization: `Basic ${Buffer.from('BA9998:secret').toString('base64')}`,
      'content-type': 'application/xml',
    }
    expect((await submit(system, 'b1', exampleDocument(), { headers: wrong })).status).toBe(401)
    expect((await fetch(`${system.baseUrl}/submissions/b1`)).status).toBe(401)
    expect((await fetch(`${system.baseUrl}/health`)).status).toBe(200)
    expect((await fetch(`${system.baseUrl}/health`, { headers: wrong })).status).toBe(401)
    expect(system.submissions()).toEqual([])
  })

  it('takes nothing but XML', async () => {
    const system = await start()
    const headers = { authorization, 'content-type': 'application/json' }
    expect((await submit(system, 'b1', exampleDocument(), { headers })).status).toBe(415)
  })

  it('knows no other page', async () => {
    const system = await start()
    expect((await fetch(`${system.baseUrl}/submissions`)).status).toBe(404)
    expect((await fetch(`${system.baseUrl}/submissions/b1`, { method: 'DELETE' })).status).toBe(404)
  })
})
