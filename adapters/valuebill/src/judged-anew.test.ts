import { afterEach, describe, expect, it } from 'vitest'
import { ValuebillClient } from './client.ts'
import { deliver } from './deliver.ts'
import { startFakeSystem } from './fake-system.ts'
import valuebill from './index.ts'
import { prepareBatch } from './prepare-batch.ts'
import { openService } from './service.ts'
import { councilTaxReport, entries } from './testing/example-report.ts'
import { batchOf, reportMessage } from './testing/report-message.ts'
import { Turns } from './turns.ts'

const disposers: (() => PromiseLike<void>)[] = []
afterEach(async () => {
  for (const dispose of disposers.splice(0).reverse()) await dispose()
})

const signal = new AbortController().signal
const batch = batchOf(reportMessage(councilTaxReport('CR03', { ProposedEntries: entries() })))
const delivered = [expect.objectContaining({ state: 'delivered' })]
const refused = [
  expect.objectContaining({
    state: 'not-taken',
    error: expect.objectContaining({ code: 'PRV_VALUEBILL_SUBMISSION_REFUSED' }),
  }),
]

async function startService(options: object = {}) {
  const service = await startFakeSystem({ authorityCode: '9999', ...options })
  disposers.push(() => service.close())
  return service
}

/** A new one knows nothing of what an earlier one did, as after a restart. */
async function openAdapter({ baseUrl }: { readonly baseUrl: string }, billingAuthority = 'Borough of Sallowmere') {
  const adapter = await valuebill.open(
    { baseUrl, billingAuthority, billingAuthorityCode: '9999', password: 'secret' },
    {
      label: 'voa',
      authority: 'X99000001',
      now: () => new Date('2026-03-02T10:00:00Z'),
      signal,
      claims: { put: () => Promise.reject(new Error('unused')), get: () => [] as never },
    },
  )
  disposers.push(() => adapter[Symbol.asyncDispose]())
  const { send, lookup } = adapter
  if (!send || !lookup) throw new TypeError('the adapter cannot send')
  return { send: () => send(batch, signal), lookup: () => lookup(batch, signal) }
}

function clientOf(baseUrl: string): ValuebillClient {
  const options = { baseUrl, billingAuthorityCode: '9999', password: 'secret', timeoutMs: 60_000 }
  return new ValuebillClient({ ...options, maxBodyBytes: 100_000, now: () => new Date() })
}

describe("a submission that is open while the authority's name in the configuration is changed", () => {
  it('is found at the service, and not sent a second time', async () => {
    const service = await startService({ misbehave: { kind: 'cut', taken: true, requests: 1 } })
    expect(await (await openAdapter(service)).send()).toMatchObject([{ state: 'unknown' }])
    const after = await openAdapter(service, 'Sallowmere Borough Council')
    expect(await after.lookup()).toEqual(delivered)
    expect(service.reports()).toHaveLength(1)
  })

  it('has an unknown outcome when it is sent all the same, and is found then', async () => {
    const service = await startService()
    await (await openAdapter(service)).send()
    const after = await openAdapter(service, 'Sallowmere Borough Council')
    expect(await after.send()).toMatchObject([{ state: 'unknown', error: { code: 'PRV_VALUEBILL_OTHER_BYTES' } }])
    expect(await after.lookup()).toEqual(delivered)
    expect(service.reports()).toHaveLength(1)
  })

  it('is sent with the new name when the old one was what the service refused', async () => {
    const service = await startService({ refuse: { '*': '1010' } })
    expect(await (await openAdapter(service)).send()).toEqual(refused)
    service.setRefusals({})
    const after = await openAdapter(service, 'Sallowmere Borough Council')
    expect(await after.send()).toMatchObject([{ state: 'unknown' }])
    expect(await after.lookup()).toEqual(refused)
    expect(await after.send()).toEqual(delivered)
  })
})

describe('a submission that was open when the broker was upgraded from a version before turns', () => {
  /** Under the id that such a version gave it: with the first digits of the SHA-256 of `["Borough of Sallowmere","9999"]`. */
  async function sendAsBefore({ baseUrl }: { readonly baseUrl: string }) {
    using rules = await openService({})
    const from = { billingAuthority: 'Borough of Sallowmere', billingAuthorityCode: '9999' }
    const prepared = prepareBatch(batch, from, rules)
    if ('outcomes' in prepared) throw new TypeError('the report is good')
    const submission = { submissionId: `${batch.id}-3c73a4cd`, document: prepared.document, reports: 1 }
    return clientOf(baseUrl).submit(submission, signal)
  }

  it('is found at the service, and not sent a second time', async () => {
    const service = await startService()
    await sendAsBefore(service)
    expect(await (await openAdapter(service)).lookup()).toEqual(delivered)
    expect(service.reports()).toHaveLength(1)
  })

  it('is judged anew when it was refused as a whole', async () => {
    const service = await startService({ refuse: { '*': '3000' } })
    await sendAsBefore(service)
    const { lookup, send } = await openAdapter(service)
    expect(await lookup()).toEqual(refused)
    service.setRefusals({})
    expect(await send()).toEqual(delivered)
    expect(await lookup()).toEqual(delivered)
  })
})

describe('a submission that was refused as a whole', () => {
  it('is judged anew each time it is sent, so that what is put right at the service helps it', async () => {
    const service = await startService({ refuse: { '*': '3000' } })
    const { send, lookup } = await openAdapter(service)
    expect([await send(), await send(), await send()]).toEqual([refused, refused, refused])
    expect(service.submissions()).toHaveLength(3)
    service.setRefusals({})
    expect(await send()).toEqual(delivered)
    expect(await lookup()).toEqual(delivered)
  })

  it('is judged anew after a restart, too', async () => {
    const service = await startService({ refuse: { '*': '3000' } })
    const before = await openAdapter(service)
    for (let times = 0; times < 5; times += 1) expect(await before.send()).toEqual(refused)
    service.setRefusals({})
    const after = await openAdapter(service)
    expect(await after.send(), 'the last answer, after which it knows which turn it is').toEqual(refused)
    expect(await after.send()).toEqual(delivered)
    expect(service.submissions()).toHaveLength(6)
  })

  it.each(['send', 'lookup'] as const)(
    'and taken since is not taken again by an adapter that only knows to %s',
    async (call) => {
      const service = await startService({ refuse: { '*': '3000' } })
      const before = await openAdapter(service)
      await before.send()
      service.setRefusals({})
      expect(await before.send()).toEqual(delivered)
      const after = await openAdapter(service)
      expect(await after[call]()).toEqual(delivered)
      expect(service.reports()).toHaveLength(1)
    },
  )

  it('is not sent again while the service cannot say whether it was taken since', async () => {
    const service = await startService({ refuse: { '*': '3000' } })
    const before = await openAdapter(service)
    await before.send()
    service.setRefusals({})
    await before.send()
    const after = await openAdapter(service)
    service.setBehaviour({ kind: 'cut', on: 'lookup', requests: 1 })
    expect(await after.send()).toMatchObject([{ state: 'unknown' }])
    expect(await after.send()).toEqual(delivered)
    expect(service.reports()).toHaveLength(1)
  })
})

it('remembers no turn any more once the service takes submissions again, so that a long outage leaves nothing behind', async () => {
  const { baseUrl, setRefusals } = await startService({ refuse: { '*': '3000' } })
  using service = await openService()
  const turns = new Turns()
  const from = { billingAuthority: 'Borough of Sallowmere', billingAuthorityCode: '9999' }
  const options = { client: clientOf(baseUrl), service, from, turns }
  const reports = ['1', '2'].map((number) => {
    return batchOf(reportMessage(councilTaxReport('CR03', { BAreportNumber: number, ProposedEntries: entries() })))
  })
  const known = () => reports.map(({ id }) => turns.of(id))
  for (const one of reports) await deliver(one, options, signal)
  expect(known()).toEqual([2, 2])
  setRefusals({})
  for (const one of reports.slice(1)) await deliver(one, options, signal)
  expect(known()).toEqual([undefined, undefined])
})
