import { expect } from 'vitest'
import type { LogPromise } from '../log-promise.ts'
import golden from '../murmur2-golden.json' with { type: 'json' }
import { numbered, text, textRecord, values } from '../records.ts'
import { atLeast } from '../subject.ts'

export const partitioner: LogPromise = {
  title: "gives keys the partitions that Kafka's Java client gives them",
  async run(subject) {
    const topic = await subject.topic('keys', { partitions: 12 })
    const keys = golden.map(({ keyHex }) => Buffer.from(keyHex, 'hex'))
    const positions = await subject.log.append(keys.map((key) => ({ topic, key, value: null, headers: [] })))
    expect(positions.map(({ partition }) => partition)).toEqual(golden.map(({ partitions }) => partitions['12']))
  },
}

export const keyOrder: LogPromise = {
  title: 'hands out the records of a key in the order in which they were appended',
  async run(subject) {
    const topic = await subject.topic('per-key', { partitions: 4 })
    const keys = numbered(10, 'key')
    for (const value of numbered(30)) await subject.log.append(keys.map((key) => textRecord(topic, key, value)))
    const options = { group: subject.unique('per-key'), topics: [topic], maxRecords: 7 }
    const records = await subject.consumeUntil(options, atLeast(300))
    const byKey = Map.groupBy(records, ({ key }) => text(key))
    for (const key of keys) expect(values(byKey.get(key) ?? [])).toEqual(numbered(30))
  },
}

export const keyless: LogPromise = {
  title: 'spreads records without a key over the partitions',
  async run(subject) {
    const topic = await subject.topic('keyless', { partitions: 3 })
    const used = new Set<number>()
    for (const value of numbered(60)) {
      for (const { partition } of await subject.log.append([textRecord(topic, null, value)])) used.add(partition)
    }
    expect(used.size).toBeGreaterThan(1)
  },
}

export const explicitPartition: LogPromise = {
  title: 'puts a record into the partition that it names, whatever its key, and refuses one that does not exist',
  async run(subject) {
    const topic = await subject.topic('named', { partitions: 3 })
    const record = textRecord(topic, 'key', 'value')
    for (const partition of [0, 1, 2]) {
      expect(await subject.log.append([{ ...record, partition }])).toMatchObject([{ partition }])
    }
    await expect(subject.log.append([{ ...record, partition: 3 }])).rejects.toMatchObject({
      code: 'PRV_LOG_PARTITION_UNKNOWN',
    })
  },
}
