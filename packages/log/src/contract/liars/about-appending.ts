import { maxRecordBytes, recordBytes } from '../../record.ts'
import { fewestPromises } from '../memory-harness.ts'
import * as append from '../promises/append.ts'
import * as bytes from '../promises/bytes.ts'
import * as durability from '../promises/durability.ts'
import * as keys from '../promises/keys.ts'
import { type Liar, later, records } from './liar.ts'

const encode = (text: string) => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

let turn = 0

export const aboutAppending: readonly Liar[] = [
  {
    lie: 'loses the last record of a call',
    breaks: append.appendOrder,
    does: (honest) => ({
      append: async (all) => [...(await honest.append(all.slice(0, -1))), ...(await honest.append([]))],
    }),
  },
  {
    lie: 'writes the records of a call in another order',
    breaks: append.appendOrder,
    does: (honest) => ({ append: async (all) => (await honest.append(all.toReversed())).toReversed() }),
  },
  {
    lie: 'answers positions that are one too high',
    breaks: append.appendOrder,
    does: (honest) => ({
      append: async (all) => (await honest.append(all)).map((place) => ({ ...place, offset: place.offset + 1 })),
    }),
  },
  {
    lie: 'lets one append overtake another',
    breaks: append.appendUnwaited,
    does: (honest) => ({
      append: async (all) => {
        await later(turn++ % 2 === 0 ? 4 : 0)
        return honest.append(all)
      },
    }),
  },
  {
    lie: 'keeps what came before a refused record',
    breaks: append.appendWhole,
    does: (honest) => ({
      append: async (all) => {
        const positions = []
        for (const record of all) positions.push(...(await honest.append([record])))
        return positions
      },
    }),
  },
  {
    lie: 'answers positions sorted by topic',
    breaks: append.appendSeveralTopics,
    does: (honest) => ({
      append: async (all) => (await honest.append(all)).toSorted((a, b) => a.topic.localeCompare(b.topic)),
    }),
  },
  {
    lie: 'writes one append in fifty twice',
    breaks: append.appendConcurrent,
    does: (honest) => ({
      append: async (all) => {
        if (turn++ % 50 === 0) await honest.append(all)
        return honest.append(all)
      },
    }),
  },
  {
    lie: 'forgets the newest record in a restart',
    breaks: durability.durability,
    onReopen: (store) => {
      for (const { partitions } of store.topics.values()) for (const place of partitions) place.records.pop()
    },
  },
  {
    lie: 'forgets positions in a restart',
    breaks: durability.durability,
    onReopen: (store) => store.positions.clear(),
  },
  {
    lie: 'begins its offsets anew in a restart',
    breaks: durability.acknowledged,
    onReopen: (store) => {
      for (const { partitions } of store.topics.values()) for (const place of partitions) place.end = 0
    },
  },
  {
    lie: 'resolves an append before it is on disk',
    breaks: durability.acknowledged,
    does: (honest) => ({
      append: async (all) => {
        void later(20).then(() => honest.append(all).catch(() => undefined))
        return all.map(({ topic }, offset) => ({ topic, partition: 0, offset }))
      },
    }),
  },
  {
    lie: 'resolves an append before it can be read',
    breaks: durability.acknowledged,
    claims: fewestPromises,
    does: (honest) => ({
      append: async (all) => {
        void later(20).then(() => honest.append(all).catch(() => undefined))
        return all.map(({ topic }, offset) => ({ topic, partition: 0, offset }))
      },
    }),
  },
  {
    lie: 'drops the appends under way when it is closed',
    breaks: durability.closeFinishes,
    does: (honest) => ({ append: (all) => later(5).then(() => honest.append(all)) }),
  },
  {
    lie: 'never answers the appends under way when it is closed',
    breaks: durability.closeFinishes,
    claims: fewestPromises,
    does: (honest) => ({ append: (all) => later(5).then(() => honest.append(all).catch(() => new Promise(() => {}))) }),
  },
  {
    lie: 'has another hash for keys',
    breaks: keys.partitioner,
    does: records((record) => ({ ...record, partition: record.partition ?? (record.key?.length ?? 0) % 12 })),
  },
  {
    lie: 'spreads the records of a key over the partitions',
    breaks: keys.keyOrder,
    does: records((record) => ({ ...record, partition: record.partition ?? turn++ % 4 })),
  },
  {
    lie: 'puts every record without a key into the first partition',
    breaks: keys.keyless,
    does: records((record) => ({ ...record, partition: record.partition ?? 0 })),
  },
  {
    lie: 'has no regard for the partition that a record names',
    breaks: keys.explicitPartition,
    does: records(({ topic, key, value, headers }) => ({ topic, key, value, headers })),
  },
  {
    lie: 'swallows the second header of a name',
    breaks: bytes.headers,
    does: records((record) => ({ ...record, headers: [...new Map(record.headers)] })),
  },
  {
    lie: 'sorts headers',
    breaks: bytes.headers,
    does: records((record) => ({ ...record, headers: record.headers.toSorted(([a], [b]) => a.localeCompare(b)) })),
  },
  {
    lie: 'reads header names without regard to case',
    breaks: bytes.headers,
    does: records((record) => ({
      ...record,
      headers: record.headers.map(([name, value]) => [name.toLowerCase(), value]),
    })),
  },
  {
    lie: 'takes headers for text',
    breaks: bytes.anyBytes,
    does: records((record) => ({
      ...record,
      headers: record.headers.map(([name, value]) => [name, Buffer.from(Buffer.from(value).toString())]),
    })),
  },
  {
    lie: 'makes an empty value of null',
    breaks: bytes.tombstones,
    does: records((record) => ({ ...record, value: record.value ?? new Uint8Array() })),
  },
  {
    lie: 'makes null of an empty key',
    breaks: bytes.tombstones,
    does: records((record) => ({ ...record, key: record.key?.length ? record.key : null })),
  },
  {
    lie: 'takes values for text',
    breaks: bytes.anyBytes,
    does: records((record) => ({ ...record, value: record.value && encode(decode(record.value)) })),
  },
  {
    lie: 'keeps the first 64 KiB of a value',
    breaks: bytes.anyBytes,
    does: records((record) => ({ ...record, value: record.value?.subarray(0, 65_536) ?? null })),
  },
  {
    lie: 'refuses the largest record that it must take',
    breaks: bytes.anyBytes,
    does: (honest) => ({
      append: async (all) => {
        if (all.some((record) => recordBytes(record) >= maxRecordBytes)) throw new Error('too large')
        return honest.append(all)
      },
    }),
  },
  {
    lie: "keeps the caller's own bytes",
    breaks: bytes.callersBytes,
    does: (honest) => ({ append: (all) => later(0).then(() => honest.append(all)) }),
  },
  {
    lie: 'cuts off what is too large',
    breaks: bytes.tooLarge,
    does: records((record) => ({ ...record, value: record.value?.subarray(0, 900_000) ?? null })),
  },
]
