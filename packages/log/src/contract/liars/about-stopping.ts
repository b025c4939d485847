import type { LogCapabilities } from '../../capabilities.ts'
import type { FlaggedPromise } from '../log-promise.ts'
import { everyPromise } from '../memory-harness.ts'
import * as metadata from '../promises/position-metadata.ts'
import * as redelivery from '../promises/redelivery.ts'
import * as retention from '../promises/retention.ts'
import * as stop from '../promises/stop.ts'
import * as writeSet from '../promises/write-set.ts'
import { batches, consumers, type Liar, later, writeSets } from './liar.ts'

/** About stopping, and about what a write set leaves behind. */
export const aboutStopping: readonly Liar[] = [
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
    lie: 'appends a write set first and moves its position afterwards',
    breaks: writeSet.shownTogether,
    does: (honest) => ({
      consume: (wanted, handler) =>
        honest.consume(wanted, async (batch) => {
          const { append, ...rest } = await handler(batch)
          await honest.append(append)
          await later(1)
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
