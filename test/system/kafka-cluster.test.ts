import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { needsKafka, startKafka, whyNoKafka } from '../support/kafka.ts'
import { administer, consume, leaderOf, produce } from '../support/kafka-records.ts'

const lacking = whyNoKafka()
const title = (text: string) => (lacking === null ? text : text + needsKafka)

describe.skipIf(lacking !== null)(title('brokers that a test starts'), () => {
  it('keep what they acknowledged when one is killed and started again', async () => {
    await using cluster = await startKafka()
    await administer(cluster, (admin) => admin.createTopics({ topics: ['kept'], partitions: 1, replicas: 1 }))
    await produce(cluster, 'kept', ['before'])
    const [node] = cluster.nodes
    await node?.kill()
    expect(node?.pid).toBeUndefined()
    await expect(produce(cluster, 'kept', ['never'])).rejects.toThrow()
    await node?.start()
    await produce(cluster, 'kept', ['after'])
    expect(await consume(cluster, 'kept', 2)).toEqual(['before', 'after'])
  })

  it('elect another leader when the one of three is killed, and lose nothing', async () => {
    await using cluster = await startKafka({ brokers: 3 })
    await administer(cluster, (admin) => admin.createTopics({ topics: ['led'], partitions: 1, replicas: 3 }))
    await produce(cluster, 'led', ['before'])
    const leader = await leaderOf(cluster, 'led')
    await cluster.nodes[leader - 1]?.kill()
    const others = {
      brokers: cluster.brokers
        .split(',')
        .toSpliced(leader - 1, 1)
        .join(','),
    }
    while ([leader, -1].includes(await leaderOf(others, 'led'))) await sleep(200)
    await produce(others, 'led', ['after'])
    expect(await consume(others, 'led', 2)).toEqual(['before', 'after'])
  })

  it('stop in order, and end when they can write nowhere', async () => {
    await using cluster = await startKafka({ properties: { 'log.index.size.max.bytes': 4096 } })
    const [node] = cluster.nodes
    if (node === undefined) throw new TypeError('no node')
    await administer(cluster, (admin) => admin.createTopics({ topics: ['full'], partitions: 1, replicas: 1 }))
    await produce(cluster, 'full', ['first'])
    node.limitFileSize(8192)
    await expect(produce(cluster, 'full', ['x'.repeat(100_000)])).rejects.toThrow()
    while (node.pid !== undefined) await sleep(100)
    await node.start()
    expect(await consume(cluster, 'full', 1)).toEqual(['first'])
    await node.stop()
    expect(readFileSync(node.log, 'utf8')).toMatch(/shut down completed/i)
  })
})
