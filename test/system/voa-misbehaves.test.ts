import type { Behaviour } from '@portreeve/adapter-valuebill/fake-system'
import { expect, it } from 'vitest'
import { boroughs } from './support/boroughs.ts'
import { named } from './support/recorded-events.ts'
import { reportFile, reports } from './support/report-file.ts'
import { until } from './support/until.ts'

const { start } = boroughs()
const sent = 7

/** What the VOA does wrong, how, and whether the outcome is unknown until it is asked. */
const misdeeds: readonly (readonly [string, readonly Behaviour[], 'asked' | 'known'])[] = [
  ['500', [{ kind: 'status', status: 500, requests: 2 }], 'asked'],
  ['500 after it has taken all', [{ kind: 'status', status: 500, taken: true, requests: 1 }], 'asked'],
  [
    '502 with a page in HTML',
    [{ kind: 'status', status: 502, body: '<html>Bad gateway</html>', requests: 1 }],
    'asked',
  ],
  ['503', [{ kind: 'status', status: 503, requests: 3 }], 'known'],
  ['a page in HTML with status 200', [{ kind: 'html', requests: 2 }], 'asked'],
  ['silence for longer than the time-out', [{ kind: 'silence', requests: 1 }], 'asked'],
  ['half a body', [{ kind: 'half-body', requests: 1 }], 'asked'],
  ['an empty body', [{ kind: 'empty', requests: 1 }], 'asked'],
  ['the wrong content type', [{ kind: 'wrong-content-type', requests: 1 }], 'known'],
  ['a connection that is cut before it has taken anything', [{ kind: 'cut', requests: 1 }], 'asked'],
  ['a connection that is cut after it has taken all', [{ kind: 'cut', taken: true, requests: 1 }], 'asked'],
  ['success after the time-out', [{ kind: 'late', seconds: 3, requests: 1 }], 'asked'],
  ['an answer that drips', [{ kind: 'drip', intervalMs: 200, requests: 1 }], 'asked'],
  [
    'cut, and then no answer to the question what became of it',
    [
      { kind: 'cut', taken: true, requests: 1 },
      { kind: 'status', status: 500, on: 'lookup', requests: 1 },
      { kind: 'silence', on: 'lookup', requests: 1 },
      { kind: 'html', on: 'lookup', requests: 1 },
    ],
    'asked',
  ],
]

it.each(misdeeds)('delivers each report once when the VOA answers with %s', async (_what, behaviours, outcome) => {
  const borough = await start({ timeoutSeconds: 1, partitions: 1, voa: { misbehave: behaviours } })
  const file = await borough.drop('reports.xml', reportFile({ reports: reports(sent) }))
  await borough.settled()
  expect((await borough.reportsOf(file)).map(({ state }) => state)).toEqual(Array(sent).fill('delivered'))
  expect(borough.voa.reports()).toHaveLength(sent)
  if (outcome === 'asked') expect(borough.voa.requests().lookup).toBeGreaterThan(0)
  else expect(borough.voa.requests().lookup).toBe(0)
})

it('says unknown while the VOA does not say what became of reports, asks for as long as it takes, and sends nothing again', async () => {
  const borough = await start({
    partitions: 1,
    timeoutSeconds: 1,
    voa: {
      misbehave: [
        { kind: 'cut', taken: true, requests: 1 },
        { kind: 'html', on: 'lookup' },
      ],
    },
  })
  const file = await borough.drop('reports.xml', reportFile({ reports: reports(3) }))
  const unknown = await until('all are unknown', async () => {
    const found = await borough.reportsOf(file)
    return found.length === 3 && found.every(({ state }) => state === 'unknown') && found
  })
  expect(unknown[0]?.receivers[0]?.sentence).toMatch(/which has not said .*whether it took it .*it is asked before/)
  await until('it was asked many times', () => borough.voa.requests().lookup >= 12, {
    withinMs: 30_000,
    instead: async () => [borough.voa.requests(), await borough.trouble()],
  })
  expect(borough.voa.requests().submit).toBe(1)
  const [alert, ...others] = named(borough.events, 'paused')
  expect(alert).toMatchObject({
    code: 'PRV_VALUEBILL_ANSWER_UNREADABLE',
    remedy: expect.stringMatching(/asked before/),
  })
  expect(others).toEqual([])
  borough.voa.setBehaviour()
  await borough.settled()
  expect(borough.voa.requests().submit).toBe(1)
})

it('waits as long as the VOA asks with 429 and Retry-After', async () => {
  const borough = await start({
    partitions: 1,
    voa: { misbehave: { kind: 'status', status: 429, retryAfter: '2', requests: 1 } },
  })
  await borough.drop('reports.xml', reportFile())
  await until('it is asked to wait', () => named(borough.events, 'paused').length === 1)
  const from = performance.now()
  await borough.settled()
  expect(performance.now() - from).toBeGreaterThan(1500)
  expect(borough.voa.requests().submit).toBe(2)
  expect(named(borough.events, 'paused')[0]).toMatchObject({ code: 'PRV_VALUEBILL_BUSY' })
})

it('gives one alert while the VOA is down, goes on answering revenues, and catches up when it is back', async () => {
  const borough = await start({ timeoutSeconds: 1 })
  await borough.stopVoa()
  const file = await borough.drop('one.xml', reportFile({ reports: [...reports(5), { reason: 'CR08' }] }))
  await borough.answer(file, '1 report refused here')
  await until('it is paused', () => named(borough.events, 'paused').length === 1)
  const bad = await borough.drop('two.xml', reportFile().slice(0, 600))
  await borough.answer(bad, 'as a whole')
  expect((await borough.reportsOf(file)).map(({ state }) => state)).toEqual(Array(5).fill('waiting'))
  const { receivers } = await borough.operations.status()
  expect(receivers.find(({ receiver }) => receiver === 'reports-to-voa.voa')?.paused).toMatchObject({
    code: 'PRV_ENDPOINTS_HTTP_UNREACHABLE',
    remedy: expect.stringMatching(/\.$/),
  })
  expect(receivers.find(({ receiver }) => receiver === 'answers-to-revenues.revenues')?.paused).toBeNull()
  await borough.startVoa()
  await borough.settled()
  expect(named(borough.events, 'paused')).toHaveLength(1)
  await until('it is told that it goes on', () => named(borough.events, 'resumed').length === 1)
})

it('stops with a wrong password, says who must do what, and loses nothing until it is put right', async () => {
  const borough = await start({ startBroker: false })
  await borough.startBroker({ password: 'wrong' })
  const file = await borough.drop('reports.xml', reportFile({ reports: reports(4) }))
  const paused = await until('it is paused', () => named(borough.events, 'paused')[0])
  expect(paused).toMatchObject({ receiver: 'reports-to-voa.voa', code: 'PRV_VALUEBILL_LOGIN' })
  expect(paused.remedy).not.toBe('')
  expect(JSON.stringify(borough.events)).not.toContain('wrong')
  await until('all wait', async () => (await borough.reportsOf(file)).every(({ state }) => state === 'waiting'))
  await borough.stopBroker()
  await borough.startBroker()
  await borough.settled()
  expect((await borough.reportsOf(file)).map(({ state }) => state)).toEqual(Array(4).fill('delivered'))
})

it('lets one report that the VOA refuses be refused alone, with its code, and delivers the others', async () => {
  const borough = await start({ partitions: 1, voa: { refuse: { bad: '1007' } } })
  const many = [...reports(20), { reportNumber: 'bad' }, ...reports(20)]
  const file = await borough.drop('reports.xml', reportFile({ reports: many }))
  await borough.settled()
  const found = await borough.reportsOf(file)
  expect(found.filter(({ state }) => state === 'delivered')).toHaveLength(40)
  expect(found[20]).toMatchObject({ state: 'refused', receivers: [{ code: '1007' }] })
  expect(borough.voa.requests().submit).toBe(2)
})
