import type { Database } from '@portreeve/database'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import { Fetches } from './fetch.ts'
import { loadTopics } from './load.ts'
import { Positions } from './positions.ts'
import type { Handlers, WorkerOptions } from './protocol.ts'
import { Retention } from './retention.ts'
import { frozenInto } from './shared-answer.ts'
import { openStore } from './store.ts'
import { type Partition, Topics } from './topics.ts'
import { Writer } from './write.ts'

/**
 * Opens the file and answers questions about it. Lives in the worker thread: everything in here may wait for the disk.
 * Throws `PRV_LOG_*` on opening; the answers throw `PRV_DATABASE_*` too.
 */
export function openEngine(options: WorkerOptions): Handlers {
  const { folder } = options
  const database = openStore(options)
  try {
    return handlersOver(database, folder)
  } catch (error) {
    // The lock goes with it: who repairs the folder need not wait for this process to end.
    database.close()
    // Every statement is prepared here: one that does not fit means that the tables' own description was changed.
    if (error instanceof TypeError) throw new PortreeveError('PRV_LOG_FILE_DAMAGED', { folder, fault: error.message })
    throw error
  }
}

function handlersOver(database: Database, folder: string): Handlers {
  const topics = new Topics(database, loadTopics(database, folder))
  const positions = new Positions(database, topics, folder)
  const writer = new Writer(database, topics, positions)
  const fetches = new Fetches(database, topics)
  const retention = new Retention(database, topics, positions)
  /** Set once a flush has failed: what the disk holds is not known any more until the file is opened again. */
  let unsound: PortreeveError | undefined
  const changing = <T>(work: () => T): T => {
    if (unsound !== undefined) throw unsound
    try {
      return work()
    } catch (error) {
      if (!isPortreeveError(error, 'PRV_DATABASE_DISK_FAILED')) throw error
      unsound = new PortreeveError('PRV_LOG_FAILED', { folder, ...error.details })
      throw new PortreeveError('PRV_LOG_APPEND_UNKNOWN', error.details)
    }
  }
  return {
    write: (input) => {
      const grown = new Set<Partition>()
      const output = changing(() => writer.write(input, grown))
      fetches.grown(grown)
      return output
    },
    fetch: (input) => fetches.fetch(input),
    cancel: (fetch) => void fetches.cancel(fetch),
    createTopic: (config) => void changing(() => topics.create(config)),
    topics: () => topics.all().map(({ description }) => description),
    ranges: (topic) => topics.get(topic).partitions.map(({ partition, start, end }) => ({ partition, start, end })),
    join: ({ group, topics, startFrom }) => changing(() => positions.join(group, topics, startFrom)),
    positions: (group) => positions.describe(group),
    lag: ({ group, topic }) => positions.lag(group, topic),
    groups: () => positions.groups(),
    seek: ({ group, position }) => void changing(() => positions.seek(group, position)),
    enforceRetention: (hold) => changing(() => retention.enforce(hold)),
    freeze: (memory) => frozenInto(memory, () => changing(() => database.freeze())),
    thaw: () => void database.thaw(),
    close: async () => {
      fetches.cancelAll()
      await retention.stop()
      database.close()
    },
  }
}
