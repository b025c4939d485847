import type { LogCapabilities } from '../../capabilities.ts'
import type { Batch, WriteSet } from '../../consumer.ts'
import type { FlaggedPromise } from '../log-promise.ts'
import { everyPromise, fewestPromises } from '../memory-harness.ts'
import * as batchLimits from '../promises/batch-limits.ts'
import * as consume from '../promises/consume.ts'
import * as metadata from '../promises/position-metadata.ts'
import * as redelivery from '../promises/redelivery.ts'
import * as retention from '../promises/retention.ts'
import * as stop from '../promises/stop.ts'
import * as writeSet from '../promises/write-set.ts'
import { batches, consumers, type Liar, later, options, writeSets } from './liar.ts'

const finishAll = async ({ records }: Batch): Promise<WriteSet> => ({ append: [], finished: records.length })
let turn = 0

export const aboutConsuming: readonly Liar[] = [
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
  {
    lie: 'drops the write set of a handler that is being stopped',
    breaks: stop.stopWaits,
    does: writeSets((answer, { signal }) => (signal.aborted ? { append: [], finished: 0 } : answer)),
  },
  {
    lie: 'does not wait for the running handler when it stops',
    breaks: stop.stopWaits,
    does: consumers((consumer) => ({ stop: async () => void consumer.stop() })),
  },
  {
    lie: 'does not tell the handler to stop',
    breaks: stop.stopWaits,
    does: batches((batch) => ({ ...batch, signal: new AbortController().signal })),
  },
  {
    lie: 'tells a handler that gave up as an error',
    breaks: stop.giveUp,
    does: (honest) => ({
      consume: (wanted, handler) =>
        honest.consume(wanted, (batch) =>
          handler(batch).catch((cause) => {
            throw new Error('the handler rejected', { cause })
          }),
        ),
    }),
  },
  {
    lie: 'hides an error that comes while it stops',
    breaks: stop.errorWhileStopping,
    does: consumers(({ done }) => ({ done: done.catch(() => undefined) })),
  },
  {
    lie: 'can be closed only once',
    breaks: stop.stopTwice,
    does: (honest) => {
      let isClosed = false
      const close = async () => {
        if (isClosed) throw new Error('closed already')
        isClosed = true
        await honest.close()
      }
      return { close }
    },
  },
  {
    lie: 'appends half of a write set',
    breaks: writeSet.writeSet,
    does: writeSets((answer) => ({ ...answer, append: answer.append.slice(0, answer.append.length / 2) })),
  },
  {
    lie: 'appends nothing when a write set finishes nothing',
    breaks: writeSet.positionOnly,
    does: writeSets((answer) => (answer.finished === 0 ? { append: [], finished: 0 } : answer)),
  },
  {
    lie: 'moves nothing when a write set appends nothing',
    breaks: writeSet.positionOnly,
    does: writeSets((answer) => (answer.append.length === 0 ? { append: [], finished: 0 } : answer)),
  },
  {
    lie: 'appends a write set first and only then looks whether it may move the position',
    breaks: redelivery.nonsense,
    does: (honest) => ({
      consume: (wanted, handler) =>
        honest.consume(wanted, async (batch) => {
          const { append, ...rest } = await handler(batch)
          await honest.append(append)
          return { ...rest, append: [] }
        }),
    }),
  },
  {
    lie: 'hands out old metadata for ever',
    breaks: metadata.positionMetadata,
    does: (honest) => {
      let last: string | null = null
      return {
        consume: (wanted, handler) =>
          honest.consume(wanted, (batch) => {
            last = batch.metadata ?? last
            return handler({ ...batch, metadata: last })
          }),
      }
    },
  },
  {
    lie: 'loses metadata in a restart',
    breaks: metadata.positionMetadata,
    onReopen: (store) => {
      for (const positions of store.positions.values()) {
        for (const [place, { offset }] of positions) positions.set(place, { offset, metadata: null })
      }
    },
  },
  {
    lie: 'cuts metadata at 4,096 bytes',
    breaks: metadata.metadataTooLarge,
    does: writeSets(({ metadata, ...answer }) =>
      metadata ? { ...answer, metadata: metadata.slice(0, 1000) } : answer,
    ),
  },
  {
    lie: 'says that it keeps no metadata, and keeps it',
    breaks: metadata.metadataTooLarge,
    claims: { ...everyPromise, positionMetadata: false },
    behaviour: everyPromise,
  },
  {
    lie: 'begins again at the start, without a word, when a position is gone',
    breaks: retention.retentionPassed,
    does: (honest, store) => ({
      consume: (wanted, handler) => {
        for (const topic of wanted.topics) {
          for (const { partition, start } of store.topic(topic).partitions) {
            const offset = Math.max(start, store.position(wanted.group, topic, partition)?.offset ?? 0)
            store.savePosition(wanted.group, { topic, partition, offset }, null)
          }
        }
        return honest.consume(wanted, handler)
      },
    }),
  },
  {
    lie: 'is slow to stop',
    breaks: stop.stopTwice,
    does: consumers((consumer) => ({ stop: () => later(5000).then(() => consumer.stop()) })),
  },
]

/** Claims the opposite of what it does. */
export function wrongFlag(promise: FlaggedPromise, isTrue: boolean): Liar {
  const claims: LogCapabilities = { ...everyPromise, [promise.flag]: !isTrue }
  const behaviour: LogCapabilities = { ...everyPromise, [promise.flag]: isTrue }
  return { lie: `claims ${promise.flag}: ${!isTrue}, but is ${isTrue}`, breaks: promise, claims, behaviour }
}
