import { afterEach, describe, expect, it } from 'vitest'
import type { Behaviour } from './fake-system/behaviour.ts'
import { type FakeSystem, type FakeSystemOptions, startFakeSystem } from './fake-system.ts'
import valuebill from './index.ts'
import { councilTaxReport, entries } from './testing/example-report.ts'
import { batchOf, reportMessage } from './testing/report-message.ts'

const disposers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const dispose of disposers.splice(0).reverse()) await dispose()
})

const signal = new AbortController().signal
const report = (number: string, code = 'CR03') =>
  reportMessage(
    councilTaxReport(code, {
      BAreportNumber: number,
      TransactionIdentityBA: `TRANS${number}`,
      ProposedEntries: entries(),
    }),
  )

async function open(options: Partial<FakeSystemOptions> = {}, config: object = {}) {
  const system: FakeSystem = await startFakeSystem({ authorityCode: '9999', password: 'tide', ...options })
  disposers.push(() => system.close())
  const adapter = await valuebill.open(
    {
      baseUrl: system.baseUrl,
      billingAuthority: 'Borough of Sallowmere',
      billingAuthorityCode: '9999',
      password: 'tide',
      timeoutSeconds: 5,
      ...config,
    },
    {
      label: 'voa',
      authority: 'X99000001',
      now: () => new Date('2026-03-02T10:00:00Z'),
      signal,
      claims: { put: () => Promise.reject(new Error('unused')), get: () => [] as never },
    },
  )
  disposers.push(async () => adapter[Symbol.asyncDispose]())
  if (!adapter.send || !adapter.lookup) throw new Error('the adapter cannot send')
  return { system, adapter, send: adapter.send.bind(adapter), lookup: adapter.lookup.bind(adapter) }
}

const statesOf = (outcomes: readonly { readonly state: string }[]) => outcomes.map(({ state }) => state)

describe('a batch at the service', () => {
  it('of good reports is delivered, with proof, in one submission', async () => {
    const { system, send } = await open()
    const outcomes = await send(batchOf(report('1'), report('2')), signal)
    expect(statesOf(outcomes)).toEqual(['delivered', 'delivered'])
    expect(outcomes[0]).toMatchObject({ proof: system.submissions()[0]?.submissionId })
    expect(system.reports().map(({ reportNumber }) => reportNumber)).toEqual(['1', '2'])
  })

  it("good, bad, good: refuses the bad one with the VOA's code; the good ones were not taken", async () => {
    const { system, send } = await open({ refuse: { 2: '1005' } })
    const outcomes = await send(batchOf(report('1'), report('2'), report('3')), signal)
    expect(outcomes).toMatchObject([
      { state: 'not-taken', retryAfterMs: 0 },
      { state: 'refused', code: '1005' },
      { state: 'not-taken', retryAfterMs: 0 },
    ])
    expect(system.reports()).toEqual([])
    expect(statesOf(await send(batchOf(report('1'), report('3')), signal))).toEqual(['delivered', 'delivered'])
  })

  it('with reports that cannot be sent is not sent: these are refused, the others wait for the next batch', async () => {
    const { system, send } = await open()
    const outcomes = await send(batchOf(report('1', 'CR08'), report('2'), report('3', 'CR11')), signal)
    expect(outcomes).toMatchObject([
      { state: 'refused', code: '1006' },
      { state: 'not-taken', retryAfterMs: 0 },
      { state: 'refused', code: '1006' },
    ])
    expect(system.requests()).toMatchObject({ submit: 0 })
    expect(statesOf(await send(batchOf(report('2')), signal))).toEqual(['delivered'])
  })

  it('with one identity twice ends before the second, which is sent by itself: each has its own outcome', async () => {
    const { system, send, lookup } = await open()
    const again = reportMessage(
      councilTaxReport('CR03', {
        BAreportNumber: '1',
        TransactionIdentityBA: 'TRANS1',
        Remarks: 'again',
        ProposedEntries: entries(),
      }),
    )
    const batch = batchOf(report('1'), report('2'), again, report('4'))
    const outcomes = await send(batch, signal)
    expect(outcomes).toMatchObject([
      { state: 'delivered' },
      { state: 'delivered' },
      { state: 'not-taken', error: { code: 'PRV_VALUEBILL_SAME_IDENTITY' }, retryAfterMs: 0 },
      { state: 'not-taken', error: { code: 'PRV_VALUEBILL_SAME_IDENTITY' }, retryAfterMs: 0 },
    ])
    expect(await lookup(batch, signal)).toEqual(outcomes)
    expect(statesOf(await send(batchOf(again, report('4')), signal))).toEqual(['delivered', 'delivered'])
    expect(system.reports().map(({ reportNumber }) => reportNumber)).toEqual(['1', '2', '1', '4'])
  })

  it('sent twice takes effect once, and has the same outcome', async () => {
    const { system, send } = await open()
    const batch = batchOf(report('1'), report('2'))
    const first = await send(batch, signal)
    expect(await send(batch, signal)).toEqual(first)
    expect(system.reports()).toHaveLength(2)
  })
})

describe('a batch whose outcome is unknown is looked up', () => {
  it('and was delivered when the answer alone was lost', async () => {
    const { system, send, lookup } = await open({ misbehave: { kind: 'cut', taken: true, requests: 1 } })
    const batch = batchOf(report('1'), report('2'))
    expect(statesOf(await send(batch, signal))).toEqual(['unknown', 'unknown'])
    expect(statesOf(await lookup(batch, signal))).toEqual(['delivered', 'delivered'])
    expect(system.reports()).toHaveLength(2)
  })

  it('and was not taken when the service never saw it', async () => {
    const { lookup } = await open()
    expect(await lookup(batchOf(report('1')), signal)).toMatchObject([
      { state: 'not-taken', error: { code: 'PRV_VALUEBILL_NOT_SUBMITTED' }, retryAfterMs: 0 },
    ])
  })

  it('and says again which report was refused', async () => {
    const { send, lookup } = await open({ refuse: { 2: '1005' } })
    const batch = batchOf(report('1'), report('2'))
    const outcomes = await send(batch, signal)
    expect(statesOf(outcomes)).toEqual(['not-taken', 'refused'])
    expect(await lookup(batch, signal)).toEqual(outcomes)
  })

  it('and was not taken when it was refused here', async () => {
    const { send, lookup } = await open()
    const batch = batchOf(report('1', 'CR08'), report('2'))
    await send(batch, signal)
    expect(statesOf(await lookup(batch, signal))).toEqual(['not-taken', 'not-taken'])
  })

  it.each<[Behaviour, string]>([
    [{ kind: 'status', status: 500, on: 'any' }, 'PRV_VALUEBILL_FAULT'],
    [{ kind: 'status', status: 502, on: 'any' }, 'PRV_VALUEBILL_FAULT'],
    [{ kind: 'status', status: 504, on: 'any' }, 'PRV_VALUEBILL_FAULT'],
    [{ kind: 'status', status: 302, on: 'any' }, 'PRV_VALUEBILL_FAULT'],
    [{ kind: 'silence', seconds: 30, on: 'any' }, 'PRV_ENDPOINTS_HTTP_NO_ANSWER'],
  ])('and %j says nothing about it: rejects, to be asked again', async (misbehave, code) => {
    const { lookup } = await open({ misbehave }, { timeoutSeconds: misbehave.kind === 'silence' ? 0.5 : 15 })
    await expect(lookup(batchOf(report('1')), signal)).rejects.toMatchObject({ code })
  })

  it('and waits as long as the service asks', async () => {
    const { lookup } = await open({ misbehave: { kind: 'status', status: 503, retryAfter: '7', on: 'any' } })
    const rejection = { code: 'PRV_VALUEBILL_UNAVAILABLE', details: { retryAfterMs: 7000 } }
    await expect(lookup(batchOf(report('1')), signal)).rejects.toMatchObject(rejection)
  })
})

describe('a service that behaves badly', () => {
  it.each<[Behaviour, string, string]>([
    [{ kind: 'status', status: 500 }, 'unknown', 'PRV_VALUEBILL_FAULT'],
    [{ kind: 'status', status: 502 }, 'unknown', 'PRV_VALUEBILL_FAULT'],
    [{ kind: 'half-body' }, 'unknown', 'PRV_ENDPOINTS_HTTP_NO_ANSWER'],
    [{ kind: 'cut' }, 'unknown', 'PRV_ENDPOINTS_HTTP_NO_ANSWER'],
    [{ kind: 'silence', seconds: 30 }, 'unknown', 'PRV_ENDPOINTS_HTTP_NO_ANSWER'],
    [{ kind: 'late', seconds: 30 }, 'unknown', 'PRV_ENDPOINTS_HTTP_NO_ANSWER'],
    [{ kind: 'drip', intervalMs: 500 }, 'unknown', 'PRV_ENDPOINTS_HTTP_NO_ANSWER'],
    [{ kind: 'huge', bytes: 100_000 }, 'unknown', 'PRV_ENDPOINTS_HTTP_BODY_TOO_LARGE'],
    [{ kind: 'html' }, 'unknown', 'PRV_VALUEBILL_ANSWER_UNREADABLE'],
    [{ kind: 'empty' }, 'unknown', 'PRV_VALUEBILL_ANSWER_UNREADABLE'],
    [{ kind: 'status', status: 429, retryAfter: '7' }, 'not-taken', 'PRV_VALUEBILL_BUSY'],
    [{ kind: 'status', status: 503, retryAfter: '7' }, 'not-taken', 'PRV_VALUEBILL_UNAVAILABLE'],
  ])('%j leaves the report %s: %s', async (misbehave, state, code) => {
    const never = ['silence', 'late', 'drip'].includes(misbehave.kind)
    const { send } = await open({ misbehave }, { timeoutSeconds: never ? 0.5 : 15, maxBodyBytes: 50_000 })
    const [outcome] = await send(batchOf(report('1')), signal)
    expect(outcome).toMatchObject({ state, error: { code } })
    expect(outcome).toMatchObject(state === 'not-taken' ? { retryAfterMs: 7000 } : {})
  })

  it('but answers rightly in the end is believed, whatever it calls its answer', async () => {
    const { send } = await open({ misbehave: { kind: 'wrong-content-type' } })
    expect(statesOf(await send(batchOf(report('1')), signal))).toEqual(['delivered'])
  })
})

describe('what a person or the network must put right rejects', () => {
  it('a wrong password', async () => {
    const { send, adapter } = await open({}, { password: 'ebb' })
    await expect(send(batchOf(report('1')), signal)).rejects.toMatchObject({ code: 'PRV_VALUEBILL_LOGIN' })
    await expect(adapter.check(signal)).rejects.toMatchObject({ code: 'PRV_VALUEBILL_LOGIN' })
  })

  it('a service that is not there', async () => {
    const { system, send } = await open()
    await system.close()
    await expect(send(batchOf(report('1')), signal)).rejects.toMatchObject({ code: 'PRV_ENDPOINTS_HTTP_UNREACHABLE' })
  })
})
