import { isPortreeveError } from '@portreeve/errors'
import { everyPromise } from '../memory-harness.ts'
import * as closed from '../promises/closed.ts'
import * as positions from '../promises/positions.ts'
import * as read from '../promises/read.ts'
import * as retention from '../promises/retention.ts'
import * as topics from '../promises/topics.ts'
import { type Liar, later } from './liar.ts'

export const aboutReading: readonly Liar[] = [
  {
    lie: 'takes another number of partitions without a word',
    breaks: topics.createTopic,
    does: (honest) => ({
      createTopic: (config) =>
        honest.createTopic(config).catch((error) => {
          if (!isPortreeveError(error, 'PRV_LOG_TOPIC_PARTITIONS')) throw error
        }),
    }),
  },
  {
    lie: 'keeps the old retention',
    breaks: topics.createTopic,
    does: (honest) => ({
      createTopic: async (config) => {
        const known = (await honest.topics()).find(({ name }) => name === config.name)
        await honest.createTopic(known ? { ...known, partitions: config.partitions ?? known.partitions } : config)
      },
    }),
  },
  {
    lie: 'makes an unknown topic by itself',
    breaks: topics.unknownTopic,
    does: (honest) => ({
      append: async (all) => {
        for (const { topic } of all) await honest.createTopic({ name: topic })
        return honest.append(all)
      },
    }),
  },
  {
    lie: 'takes the last offset for the end',
    breaks: topics.ranges,
    does: (honest) => ({
      ranges: async (topic) =>
        (await honest.ranges(topic)).map((range) => ({ ...range, end: Math.max(range.start, range.end - 1) })),
    }),
  },
  {
    lie: 'stamps records by a clock that goes back and forth',
    breaks: topics.timestamps,
    does: (honest) => ({
      read: async (wanted) => {
        const { records, next } = await honest.read(wanted)
        const stamp = (timestamp: number, index: number) => timestamp + (index % 2 === 0 ? 50 : -50)
        return { records: records.map((each, index) => ({ ...each, timestamp: stamp(each.timestamp, index) })), next }
      },
    }),
  },
  {
    lie: 'begins one record too late',
    breaks: read.read,
    does: (honest) => ({ read: async (wanted) => honest.read({ ...wanted, from: wanted.from + 1 }) }),
  },
  {
    lie: 'leaves out a record in the middle',
    breaks: read.read,
    does: (honest) => ({
      read: async (wanted) => {
        const { records, next } = await honest.read(wanted)
        return { records: records.filter((_, index) => index !== 3), next }
      },
    }),
  },
  {
    lie: 'reads as many bytes as there are',
    breaks: read.readBytes,
    does: (honest) => ({ read: ({ maxBytes: _, ...wanted }) => honest.read(wanted) }),
  },
  {
    lie: 'never reads a record that is larger than maxBytes',
    breaks: read.readBytes,
    does: (honest) => ({
      read: async (wanted) => {
        const { records, next } = await honest.read(wanted)
        const fits = records.filter(({ value }) => (value?.length ?? 0) <= (wanted.maxBytes ?? 4_000_000))
        return { records: fits, next }
      },
    }),
  },
  {
    lie: 'does not wait',
    breaks: read.readWaits,
    does: (honest) => ({ read: ({ waitMs: _, ...wanted }) => honest.read(wanted) }),
  },
  {
    lie: 'waits to the end, whatever comes',
    breaks: read.readWaits,
    does: (honest) => ({
      read: async (wanted) => {
        await later(Math.min(wanted.waitMs ?? 0, 2000))
        return honest.read(wanted)
      },
    }),
  },
  {
    lie: 'has no regard for the signal',
    breaks: read.readAborted,
    does: (honest) => ({ read: ({ signal: _, ...wanted }) => honest.read(wanted) }),
  },
  {
    lie: 'goes on waiting when it is closed',
    breaks: read.readWhileClosing,
    does: (honest) => ({ read: (wanted) => (wanted.waitMs ? new Promise(() => {}) : honest.read(wanted)) }),
  },
  {
    lie: 'tells the last finished offset for the next',
    breaks: positions.positions,
    does: (honest) => ({
      positions: async (group) => (await honest.positions(group)).map((each) => ({ ...each, offset: each.offset - 1 })),
    }),
  },
  {
    lie: 'counts the lag of the first partition only',
    breaks: positions.lag,
    does: (honest) => ({
      lag: async (group, topic) => {
        const [range] = await honest.ranges(topic)
        const [position] = await honest.positions(group)
        return (range?.end ?? 0) - (position?.offset ?? 0)
      },
    }),
  },
  {
    lie: 'resolves a seek that it has not done',
    breaks: positions.seek,
    does: () => ({ seek: async () => {} }),
  },
  {
    lie: 'moves a group while it runs',
    breaks: positions.seek,
    does: (honest, store) => ({
      seek: (group, position) => honest.seek(group, position).catch(() => store.savePosition(group, position, null)),
    }),
  },
  {
    lie: 'takes any offset for a position',
    breaks: positions.seekOutside,
    does: (_, store) => ({ seek: async (group, position) => store.savePosition(group, position, null) }),
  },
  {
    lie: 'removes records of a topic without retention',
    breaks: retention.retentionNone,
    does: (honest) => ({
      enforceRetention: async (hold) => {
        for (const { name } of await honest.topics()) await honest.createTopic({ name, retentionBytes: 0 })
        return honest.enforceRetention(hold)
      },
    }),
  },
  {
    lie: 'removes the newest records',
    breaks: retention.retentionBySize,
    does: (_, store) => ({
      enforceRetention: async () => {
        let removed = 0
        for (const { partitions } of store.topics.values()) {
          for (const { records } of partitions) removed += records.splice(8).length
        }
        return removed
      },
    }),
  },
  {
    lie: 'removes nothing',
    breaks: retention.retentionBySize,
    does: () => ({ enforceRetention: async () => 0 }),
  },
  {
    lie: 'removes by size only',
    breaks: retention.retentionByAge,
    does: (honest) => ({ createTopic: ({ retentionMs: _, ...config }) => honest.createTopic(config) }),
  },
  {
    lie: 'removes what a held group has yet to finish',
    breaks: retention.retentionHolds,
    does: (honest) => ({ enforceRetention: ({ positions }) => honest.enforceRetention({ groups: [], positions }) }),
  },
  {
    lie: 'removes what a held position has yet to pass',
    breaks: retention.retentionHolds,
    does: (honest) => ({ enforceRetention: ({ groups }) => honest.enforceRetention({ groups, positions: [] }) }),
  },
  {
    lie: 'skips what is gone without a word',
    breaks: retention.retentionPassed,
    does: (honest) => ({
      read: async (wanted) => {
        const range = (await honest.ranges(wanted.topic))[wanted.partition]
        return honest.read({ ...wanted, from: Math.max(wanted.from, range?.start ?? 0) })
      },
    }),
  },
  {
    lie: 'lets go of nothing',
    breaks: retention.reclaimsDisk,
    claims: { ...everyPromise, reclaimsDisk: false },
    does: () => ({ enforceRetention: async () => 0 }),
  },
  {
    lie: 'still answers questions after it was closed',
    breaks: closed.closed,
    does: (_, store) => ({ groups: async () => [...store.positions.keys()] }),
  },
  {
    lie: 'has capabilities that can be changed',
    breaks: closed.capabilitiesKept,
    does: (honest) => ({ capabilities: { ...honest.capabilities } }),
  },
]
