import type { Batch, WriteSet } from '../../consumer.ts'
import { fewestPromises } from '../memory-harness.ts'
import * as batchLimits from '../promises/batch-limits.ts'
import * as consume from '../promises/consume.ts'
import * as redelivery from '../promises/redelivery.ts'
import { batches, consumers, type Liar, options, writeSets } from './liar.ts'

const finishAll = async ({ records }: Batch): Promise<WriteSet> => ({ append: [], finished: records.length })
let turn = 0

export const aboutConsuming: readonly Liar[] = [
  {
    lie: 'hands out records of what is not prepared yet',
    breaks: consume.prepared,
    does: options(({ prepare, ...wanted }) => {
      return { ...wanted, ...(prepare && { prepare: async (given) => void prepare(given) }) }
    }),
  },
  {
    lie: 'prepares a partition once for all',
    breaks: consume.preparedAnew,
    does: (honest) => {
      let isPrepared = false
      return {
        consume: ({ prepare, ...wanted }, handler) => {
          const first = prepare && !isPrepared ? { prepare } : {}
          isPrepared = true
          return honest.consume({ ...wanted, ...first }, handler)
        },
      }
    },
  },
  {
    lie: 'goes on with what could not be prepared',
    breaks: consume.preparedInVain,
    does: options(({ prepare, ...wanted }) => {
      return { ...wanted, ...(prepare && { prepare: (given) => prepare(given).catch(() => undefined) }) }
    }),
  },
  {
    lie: 'has one position for all groups',
    breaks: consume.groupsIndependent,
    does: options((wanted) => ({ ...wanted, group: 'all' })),
  },
  {
    lie: 'hands out the next batch before the last is finished',
    breaks: consume.oneAtATime,
    does: (honest) => ({
      consume: (wanted, handler) =>
        honest.consume(wanted, async (batch) => {
          void handler(batch).catch(() => undefined)
          return finishAll(batch)
        }),
    }),
  },
  {
    lie: 'loses the last record of a batch',
    breaks: consume.oneAtATime,
    does: (honest) => ({
      consume: (wanted, handler) =>
        honest.consume(wanted, async (batch) => {
          await handler({ ...batch, records: batch.records.slice(0, -1) })
          return finishAll(batch)
        }),
    }),
  },
  {
    lie: 'hands out a batch backwards',
    breaks: consume.oneAtATime,
    does: batches((batch) => ({ ...batch, records: batch.records.toReversed() })),
  },
  {
    lie: 'hands out every batch twice',
    breaks: consume.oneAtATime,
    does: (honest) => ({
      consume: (wanted, handler) =>
        honest.consume(wanted, async (batch) => {
          await handler(batch)
          return handler(batch)
        }),
    }),
  },
  {
    lie: 'works on one partition at a time',
    breaks: consume.partitionsAtOnce,
    does: (honest) => ({
      consume: (wanted, handler) => {
        let last: Promise<unknown> = Promise.resolve()
        return honest.consume(wanted, (batch) => {
          const mine = last.then(() => handler(batch))
          last = mine.catch(() => undefined)
          return mine
        })
      },
    }),
  },
  {
    lie: 'consumes the first topic only',
    breaks: consume.severalTopics,
    does: options((wanted) => ({ ...wanted, topics: wanted.topics.slice(0, 1) })),
  },
  {
    lie: 'starts every group at the earliest record',
    breaks: consume.startFrom,
    does: options((wanted) => ({ ...wanted, startFrom: 'earliest' })),
  },
  {
    lie: 'starts every group behind the latest record',
    breaks: consume.startFrom,
    does: options((wanted) => ({ ...wanted, startFrom: 'latest' })),
  },
  {
    lie: 'hands every record to every consumer of a group',
    breaks: consume.shared,
    does: options((wanted) => ({ ...wanted, group: `${wanted.group}${turn++}` })),
  },
  {
    lie: 'makes batches of any number',
    breaks: batchLimits.maxRecords,
    does: options(({ maxRecords: _, ...wanted }) => wanted),
  },
  {
    lie: 'makes batches of one',
    breaks: batchLimits.maxRecords,
    does: options((wanted) => ({ ...wanted, maxRecords: 1 })),
  },
  {
    lie: 'makes batches of any size',
    breaks: batchLimits.maxBytes,
    does: options(({ maxBytes: _, ...wanted }) => wanted),
  },
  {
    lie: 'does not linger',
    breaks: batchLimits.linger,
    does: options(({ lingerMs: _, ...wanted }) => wanted),
  },
  {
    lie: 'begins to linger when it begins',
    breaks: batchLimits.lingerFromWriting,
    does: (honest) => ({
      consume: (wanted, handler) =>
        honest.consume(wanted, async (batch) => {
          await new Promise((resolve) => setTimeout(resolve, wanted.lingerMs))
          return handler(batch)
        }),
    }),
  },
  {
    lie: 'lingers always',
    breaks: batchLimits.linger,
    does: options((wanted) => ({ ...wanted, lingerMs: Math.max(wanted.lingerMs ?? 0, 5000) })),
  },
  {
    lie: 'takes a batch for finished whose handler rejected',
    breaks: redelivery.handlerRejects,
    does: (honest) => ({
      consume: (wanted, handler) => honest.consume(wanted, (batch) => handler(batch).catch(() => finishAll(batch))),
    }),
  },
  {
    lie: 'ends without an error when a handler rejected',
    breaks: redelivery.handlerRejects,
    does: consumers(({ done }) => ({ done: done.catch(() => undefined) })),
  },
  {
    lie: 'takes the whole batch for finished',
    breaks: redelivery.someFinished,
    does: writeSets((answer, { records }) => ({ ...answer, finished: records.length })),
  },
  {
    lie: 'moves a position to what is possible',
    breaks: redelivery.nonsense,
    does: writeSets((answer, { records }) => {
      return { ...answer, finished: Math.min(records.length, Math.max(0, Math.floor(answer.finished || 0))) }
    }),
  },
  {
    lie: 'moves the position when it hands out, not when it is told that a batch is finished',
    breaks: redelivery.unfinishedOverRestart,
    does: (honest, store) => ({
      consume: (wanted, handler) =>
        honest.consume(wanted, (batch) => {
          const { topic, partition, records } = batch
          store.savePosition(wanted.group, { topic, partition, offset: (records.at(-1)?.offset ?? 0) + 1 }, null)
          return handler(batch)
        }),
    }),
  },
  {
    lie: 'leaves its consumers waiting when it is closed',
    breaks: redelivery.unfinishedOverRestart,
    claims: fewestPromises,
    does: consumers(() => ({ done: new Promise(() => {}) })),
  },
]
