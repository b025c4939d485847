import { expect, it } from 'vitest'
import { boroughs } from './support/boroughs.ts'
import { startRecordingProxy } from './support/recording-proxy.ts'
import { reportFile } from './support/report-file.ts'
import { until } from './support/until.ts'

const { start } = boroughs()
const receiver = 'reports-to-voa.voa'
const uprns = ['999900660066', '999900660067'] as const
const reports = [
  { uprn: uprns[0], transaction: 'FIRST' },
  { uprn: uprns[1], transaction: 'SECOND' },
]

it.each([
  ['has them', true, 1],
  ['never had them', false, 3],
])(
  'asks the VOA about dead letters of which nobody knew whether it took them, when it %s',
  async (_, taken, sendings) => {
    const borough = await start({ partitions: 1, startBroker: false })
    await using proxy = await startRecordingProxy(borough.voa.baseUrl)
    borough.voa.setBehaviour({ kind: 'cut', taken, requests: 1 }, { kind: 'status', status: 503, on: 'lookup' })
    await borough.drop('reports.xml', reportFile({ reports }))
    await borough.startBroker({ voaUrl: proxy.url, maxWaitSeconds: 0.5 })
    await until('both are unknown', async () => (await borough.search({ state: 'unknown' })).length === 2)
    await borough.stopBroker()

    // Batches are smaller from now on: the one that was sent never comes whole again, and is held.
    borough.voa.setBehaviour()
    await borough.startBroker({ voaUrl: proxy.url, maxMessages: 1 })
    await until('both are held', async () => (await borough.search({ state: 'parked' })).length === 2)
    expect(await borough.operations.deadLetter({ receiver, key: uprns[0] })).toMatchObject({
      code: 'PRV_CORE_OUTCOME_UNKNOWN',
      beforeRetry: 'asks',
    })

    for (const key of uprns) {
      const { messageId = '' } = (await borough.operations.deadLetter({ receiver, key })) ?? {}
      const decision = { by: 'an officer', why: 'the VOA answers again' }
      await borough.operations.retryDeadLetter({ receiver, key, messageId, ...decision })
    }
    await until('both are delivered', async () => (await borough.search({ state: 'delivered' })).length >= 2)
    await until('nothing waits', async () => (await borough.operations.deadLetters({})).keys.length === 0)
    expect(borough.voa.reports().map(({ baTransaction }) => baTransaction)).toEqual(['FIRST', 'SECOND'])
    expect(proxy.passed.filter(({ what }) => what.startsWith('POST'))).toHaveLength(sendings)
  },
)
