import { PortreeveError } from '@portreeve/errors'
import { startMetricsEndpoint } from '@portreeve/gateway'
import { metricNames } from '@portreeve/telemetry'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { journeys } from './support/journeys.ts'
import { type MetricSample, readMetrics } from './support/metrics-text.ts'
import { openDoor } from './support/open-door.ts'
import { OtlpCollector, type TakenSpan } from './support/otlp-collector.ts'
import type { TellUsOnce, Told } from './support/tell-us-once.ts'
import { type Change, changeOf, nobody, oldHome, person, twice } from './support/tell-us-once-people.ts'
import { until } from './support/until.ts'

const { start } = journeys()
const callersTrace = '0af7651916cd43dd8448eb211c80319c'
const callersSpan = 'b7ad6b7169203331'

let collector: OtlpCollector
beforeAll(async () => {
  collector = await OtlpCollector.start()
})
afterAll(() => collector[Symbol.asyncDispose]())

async function post(journey: TellUsOnce, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  return await fetch(`${journey.doorUrl}/transactions/address-change`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), ...headers },
    body: JSON.stringify(body),
  })
}

async function tell(journey: TellUsOnce, change: Change, headers: Readonly<Record<string, string>>): Promise<Told> {
  const response = await post(journey, change, headers)
  expect(response.status).toBe(202)
  const told = (await response.json()) as Told
  journey.accepted.push(told.reference)
  return told
}

async function metricsOf(url: string): Promise<readonly MetricSample[]> {
  const response = await fetch(url)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  return readMetrics(await response.text()).samples
}

/** `undefined`: there is no such sample. */
function amountOf(samples: readonly MetricSample[], name: string, labels: object = {}): number | undefined {
  const wanted = Object.entries(labels)
  return samples.find((sample) => sample.name === name && wanted.every(([key, value]) => sample.labels[key] === value))
    ?.value
}

const telemetry = () => ({ otlpUrl: collector.url, sampleRatio: 1, serviceName: 'sallowmere' })

describe('a transaction that is observed', () => {
  it('is one trace, from the caller over the door and the log to each office and back', async () => {
    const journey = await start({ telemetry: { ...telemetry(), sampleRatio: 0 } })
    const traceparent = `00-${callersTrace}-${callersSpan}-01`
    const change = changeOf(person(0), 3, { emailAddress: 'ambrose@example.org' })
    const told = await tell(journey, change, { traceparent })
    await tell(journey, changeOf(person(1), 4), {})
    await journey.untilEnded(told)
    await journey.lettersTo('ambrose@example.org')
    await journey.stopBroker()

    const names = new Set(collector.spans.map(({ name }) => name))
    expect([...names].sort()).toEqual([
      'POST /transactions/address-change',
      'accept customer.address-update.answered',
      'accept customer.address.changed',
      'decide tell-us-once',
      'deliver e-mails.mail',
      'deliver updates-to-council-tax.council-tax',
      'deliver updates-to-crm.crm',
      'deliver updates-to-electoral.electoral',
      'poll council-tax',
      'poll crm',
      'poll electoral',
      'process tell-us-once',
    ])
    expect(new Set(collector.spans.map(({ traceId }) => traceId)), 'one trace').toEqual(new Set([callersTrace]))
    const known = new Set([callersSpan, ...collector.spans.map(({ spanId }) => spanId)])
    const loose = collector.spans.filter(({ parentSpanId }) => parentSpanId === undefined || !known.has(parentSpanId))
    expect(loose, 'each follows from another').toEqual([])

    const parentOf = ({ parentSpanId }: TakenSpan) =>
      collector.spans.find(({ spanId }) => spanId === parentSpanId)?.name
    const [door] = collector.named('POST /transactions/address-change')
    expect(door?.parentSpanId).toBe(callersSpan)
    expect(door?.attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/transactions/address-change',
      'http.response.status_code': 202,
    })
    const [accepted] = collector.named('accept customer.address.changed')
    expect(accepted && parentOf(accepted)).toBe('POST /transactions/address-change')
    expect(accepted?.attributes).toMatchObject({ 'prv.reference': told.reference, 'prv.label': 'door' })
    const [delivered] = collector.named('deliver updates-to-crm.crm')
    expect(delivered && parentOf(delivered)).toBe('decide tell-us-once')
    expect(delivered?.attributes).toEqual({
      'messaging.system': 'portreeve',
      'messaging.destination.name': 'customer.address-update.requested',
      'messaging.consumer.group.name': 'updates-to-crm.crm',
      'messaging.batch.message_count': 1,
      'prv.route': 'updates-to-crm',
      'prv.reference': told.reference,
      'prv.state': 'delivered',
    })
    for (const answer of collector.named('accept customer.address-update.answered')) {
      expect(parentOf(answer)).toMatch(/^poll (crm|council-tax|electoral)$/)
    }
  })

  it('is linked to the batch in which it goes, when several go together', async () => {
    collector.spans.splice(0)
    const journey = await start({ telemetry: telemetry() })
    const all = await Promise.all([0, 1, 2].map((index) => journey.tell(changeOf(person(index), 3))))
    for (const told of all) await journey.until(told, 'electoral', 'delivered')
    await journey.stopBroker()
    const batches = collector.named('deliver updates-to-electoral.electoral')
    const together = batches.reduce(
      (sum, { attributes }) => sum + Number(attributes['messaging.batch.message_count']),
      0,
    )
    expect(together).toBe(3)
    const decisions = new Set(collector.named('decide tell-us-once').map(({ spanId }) => spanId))
    for (const { attributes, linked, parentSpanId } of batches) {
      const count = attributes['messaging.batch.message_count']
      if (count === 1) expect(decisions).toContain(parentSpanId)
      else {
        expect(parentSpanId).toBeUndefined()
        expect(linked).toHaveLength(Number(count))
        expect(linked.filter((spanId) => !decisions.has(spanId))).toEqual([])
      }
    }
  })
})

describe('what nobody wants to observe', () => {
  it('costs no span: nothing leaves unless a collector is named, and the trace of the caller goes on all the same', async () => {
    collector.spans.splice(0)
    const journey = await start()
    const told = await tell(journey, changeOf(person(0), 3), { traceparent: `00-${callersTrace}-${callersSpan}-01` })
    await journey.until(told, 'crm', 'delivered')
    await journey.stopBroker()
    expect(collector.spans).toEqual([])
  })
})

describe('metrics', () => {
  it('count what happened, and tell what is in hand', async () => {
    const journey = await start()
    const told = await journey.tell(changeOf(person(0), 3), 'form-1')
    await journey.tell(changeOf(person(0), 3), 'form-1')
    const stranger = await journey.tell(changeOf(nobody, 4))
    expect((await journey.post('{}', 'form-2')).status).toBe(422)
    await journey.until(stranger, 'crm', 'needs-a-person')
    await journey.untilStage(told, 'open')
    await journey.untilEnded(told)
    const url = `${journey.doorUrl}/metrics`
    const crm = { route: 'updates-to-crm', receiver: 'crm' }
    const samples = await until('the ledger has it', async () => {
      const found = await metricsOf(url)
      const isThere = amountOf(found, 'portreeve_messages', { ...crm, state: 'refused' }) === 1
      const lags = found.filter(({ name }) => /_lag_records$/.test(name))
      return isThere && lags.length > 6 && lags.every(({ value }) => value === 0) && found
    })
    expect(
      amountOf(samples, 'portreeve_accepted_messages_total', { type: 'customer.address.changed', source: 'door' }),
    ).toBe(2)
    expect(amountOf(samples, 'portreeve_duplicate_messages_total', { type: 'customer.address.changed' })).toBe(1)
    expect(amountOf(samples, 'portreeve_door_refusals_total', { code: 'PRV_GATEWAY_BODY_REFUSED' })).toBe(1)
    expect(amountOf(samples, 'portreeve_delivery_outcomes_total', { ...crm, state: 'delivered' })).toBe(1)
    expect(amountOf(samples, 'portreeve_delivery_outcomes_total', { ...crm, state: 'refused' })).toBe(1)
    expect(amountOf(samples, 'portreeve_messages', { ...crm, state: 'delivered' })).toBe(1)
    expect(amountOf(samples, 'portreeve_open_transactions', { process: 'tell-us-once' })).toBe(1)
    expect(amountOf(samples, 'portreeve_transactions_needing_person', { process: 'tell-us-once' })).toBe(1)
    expect(amountOf(samples, 'portreeve_receiver_paused', crm)).toBe(0)
    expect(amountOf(samples, 'portreeve_oldest_waiting_seconds', { ...crm, state: 'waiting' })).toBe(0)
    expect(amountOf(samples, 'portreeve_disk_free_bytes')).toBeGreaterThan(0)
    const groups = samples.flatMap(({ name, labels }) =>
      name === 'portreeve_consumer_lag_records' ? labels.group : [],
    )
    expect(groups).toEqual(
      expect.arrayContaining(['updates-to-crm.crm', 'process:tell-us-once', 'processes:decisions', 'e-mails.mail']),
    )
    const known = new Set<string>(Object.keys(metricNames))
    expect(samples.filter(({ name }) => !known.has(name))).toEqual([])
  })

  it('and health tell that a receiver is paused, and since when its oldest message waits', async () => {
    const journey = await start()
    await journey.offices.crm.goDown()
    const told = await journey.tell(changeOf(person(0), 3))
    const crm = { route: 'updates-to-crm', receiver: 'crm' }
    const url = `${journey.doorUrl}/metrics`
    const waits = (samples: readonly MetricSample[]) =>
      amountOf(samples, 'portreeve_receiver_paused', crm) === 1 &&
      (amountOf(samples, 'portreeve_oldest_waiting_seconds', { ...crm, state: 'waiting' }) ?? 0) > 0 &&
      (amountOf(samples, 'portreeve_consumer_lag_records', { group: 'updates-to-crm.crm' }) ?? 0) > 0
    await until('it is told', async () => waits(await metricsOf(url)))
    const health = async () => await (await fetch(`${journey.doorUrl}/health`)).json()
    expect(await health()).toMatchObject({
      status: 'degraded',
      parts: { log: 'ok', ledger: 'ok', receivers: 'paused' },
    })
    await journey.offices.crm.comeBack()
    await journey.untilEnded(told)
    expect(amountOf(await metricsOf(url), 'portreeve_receiver_paused', crm)).toBe(0)
    await until('all is well', async () => ((await health()) as { status: string }).status === 'ok')
  })

  it('need a key at a door that asks for keys', async () => {
    await using door = await openDoor()
    const asked = await fetch(`${door.baseUrl}/metrics`)
    expect([asked.status, asked.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    const response = await fetch(`${door.baseUrl}/metrics`, { headers: { authorization: `Bearer ${door.key}` } })
    const { samples } = readMetrics(await response.text())
    expect(amountOf(samples, 'portreeve_door_refusals_total', { code: 'PRV_GATEWAY_API_KEY' })).toBe(1)
  })

  it('have a place of their own where one is named, and none at the door then', async () => {
    const journey = await start({ telemetry: { metricsListen: '127.0.0.1:0' } })
    const place = journey.configuration.telemetry?.metricsListen ?? { listen: '', port: 0 }
    await journey.tell(changeOf(person(0), 3))
    await using endpoint = await startMetricsEndpoint(journey.broker, place)
    expect(amountOf(await metricsOf(endpoint.url), 'portreeve_build_info')).toBe(1)
    expect((await fetch(`${journey.doorUrl}/metrics`)).status).toBe(404)
    expect((await fetch(endpoint.url, { method: 'POST' })).status).toBe(405)
    expect((await fetch(new URL('/', endpoint.url))).status).toBe(404)
    const taken = { listen: '127.0.0.1', port: Number(new URL(endpoint.url).port) }
    const refused = await startMetricsEndpoint(journey.broker, taken).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(PortreeveError)
  })
})

describe('personal data', () => {
  const marks = ['Zaphod', 'Quibbleton', 'ZZ98 7QX', '960123', 'grimsnatch', 'C-777000']
  const marked = {
    ...oldHome,
    streetDescription: 'Quibbleton Mews',
    postcode: 'ZZ98 7QX',
  }

  it('leaves with no span and no metric, by whatever path it comes', async () => {
    collector.spans.splice(0)
    collector.texts.splice(0)
    const journey = await start({ telemetry: telemetry(), electoralEncoding: 'iso-8859-1' })
    const zaphod = { ...nobody, givenName: 'Zaphod', familyName: 'Grimsnatch', customer: 'C-777000' }
    const unknownHere = await journey.tell(
      changeOf(zaphod, 3, { newAddress: marked, emailAddress: 'grimsnatch@example.org' }),
    )
    const unwritable = { ...marked, streetDescription: 'Quibbleton Łąka' }
    const parked = await journey.tell(changeOf(person(0), 4, { newAddress: unwritable }))
    const ambiguous = await journey.tell(changeOf(twice, 5, { newAddress: marked }))
    const tracestate = 'grimsnatch=zaphod'
    const bad = { ...changeOf(zaphod, 3), movedOn: 'Zaphod', grimsnatch: '01632 960123' }
    expect((await post(journey, bad, { traceparent: `00-${callersTrace}-${callersSpan}-01`, tracestate })).status).toBe(
      422,
    )
    expect((await post(journey, bad, { traceparent: 'Zaphod Grimsnatch', 'idempotency-key': 'Zaphod' })).status).toBe(
      422,
    )
    expect((await fetch(`${journey.doorUrl}/transactions/Zaphod?grimsnatch`)).status).toBe(404)
    await journey.until(unknownHere, 'crm', 'needs-a-person')
    await journey.until(parked, 'electoral', 'needs-a-person')
    await journey.until(ambiguous, 'crm', 'needs-a-person')
    await journey.lettersTo('grimsnatch@example.org')
    const metrics = await (await fetch(`${journey.doorUrl}/metrics`)).text()
    const health = await (await fetch(`${journey.doorUrl}/health`)).text()
    await journey.stopBroker()

    // Else this would show nothing.
    const codes = new Set(collector.spans.map(({ attributes }) => attributes['error.type']))
    for (const code of ['PRV_GATEWAY_BODY_REFUSED', 'PRV_ADAPTER_PERSON_AMBIGUOUS', 'PRV_ADAPTER_PERSON_NOT_FOUND']) {
      expect(codes, code).toContain(code)
    }
    expect(metrics).toContain('state="parked"')
    const places = { spans: collector.texts.join('\n'), metrics, health }
    for (const [place, text] of Object.entries(places)) {
      for (const mark of marks)
        expect(text.toLowerCase().includes(mark.toLowerCase()), `${mark} in ${place}`).toBe(false)
    }
    for (const { labels } of readMetrics(metrics).samples) {
      for (const told of [unknownHere, parked, ambiguous]) expect(Object.values(labels)).not.toContain(told.reference)
    }
  })
})
