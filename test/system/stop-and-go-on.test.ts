import { expect, it } from 'vitest'
import { boroughs } from './support/boroughs.ts'
import { idsIn } from './support/prove-borough.ts'
import { named } from './support/recorded-events.ts'
import { startRecordingProxy } from './support/recording-proxy.ts'
import { reportFile, reports } from './support/report-file.ts'
import { until } from './support/until.ts'

const { start } = boroughs()
const topic = 'valuation.report.proposed'

it('stops in the middle of a file and goes on there, with nothing lost and nothing twice', async () => {
  const borough = await start({ maxMessages: 100 })
  const file = await borough.drop('long.xml', reportFile({ reports: reports(3000) }))
  await until('some are published', () => named(borough.events, 'progress').some(({ done }) => done >= 1000))
  await borough.stopBroker()
  const before = await idsIn(borough, topic)
  expect(before.length).toBeGreaterThanOrEqual(500)
  expect(before.length, 'it was stopped too late to show anything').toBeLessThan(3000)

  borough.events.splice(0)
  await borough.startBroker()
  await borough.settled(60_000)
  await borough.stopBroker()
  const after = await idsIn(borough, topic)
  const expected = Array.from({ length: 3000 }, (_, index) => `${file.digest}-${String(index).padStart(8, '0')}`)
  expect(after.toSorted()).toEqual(expected)
  expect(before.toSorted(), 'published from the first on').toEqual(expected.slice(0, before.length))
  const checked = named(borough.events, 'progress').filter(({ phase }) => phase === 'checking')
  expect(checked, 'it is not checked a second time').toEqual([])
})

it('stops while the VOA is thinking, and asks after the start what became of it', async () => {
  const borough = await start({ partitions: 1, voa: { misbehave: { kind: 'late', seconds: 60, requests: 1 } } })
  await borough.drop('reports.xml', reportFile({ reports: reports(3) }))
  await until('it is on its way', () => borough.voa.reports().length === 3)
  await borough.stopBroker()
  expect(borough.voa.requests()).toMatchObject({ submit: 1, lookup: 0 })
  await borough.startBroker()
  await borough.settled()
  expect(borough.voa.requests()).toMatchObject({ submit: 1, lookup: 1 })
})

it('doubles nothing when a submission that it was stopped over comes in after the start, though more waits by then', async () => {
  const borough = await start({ partitions: 1, startBroker: false })
  const way = Promise.withResolvers<void>()
  let isFirst = true
  await using proxy = await startRecordingProxy(borough.voa.baseUrl, {
    async hold({ what }) {
      if (!what.startsWith('POST') || !isFirst) return
      isFirst = false
      await way.promise
    },
  })
  const sent = () => proxy.passed.filter(({ what }) => what.startsWith('POST')).length
  await borough.drop('first.xml', reportFile({ reports: [{ uprn: '999900660066', transaction: 'FIRST' }] }))
  await borough.startBroker({ voaUrl: proxy.url })
  await until('it is on its way', () => sent() === 1)
  await borough.stopBroker()
  // Both wait in the log before the VOA is asked about the first.
  await borough.drop('second.xml', reportFile({ reports: [{ uprn: '999900660067', transaction: 'SECOND' }] }))
  await borough.startBroker({ voaUrl: 'http://127.0.0.1:9' })
  await until('both wait', async () => (await borough.search({ type: topic })).length === 2)
  await borough.stopBroker()
  await borough.startBroker({ voaUrl: proxy.url })
  await borough.settled()
  way.resolve()
  await until('it has come in', () => borough.voa.requests().submit === sent(), {
    instead: () => borough.voa.requests(),
  })
  expect(borough.voa.reports().map(({ baTransaction }) => baTransaction)).toEqual(['FIRST', 'SECOND'])
})

it('may be stopped twice, and at once after its start', async () => {
  const borough = await start()
  await borough.drop('reports.xml', reportFile({ reports: reports(50) }))
  for (let round = 0; round < 5; round += 1) {
    await borough.stopBroker()
    await borough.startBroker()
  }
  await borough.settled()
})
