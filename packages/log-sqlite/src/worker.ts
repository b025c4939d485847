import { parentPort, workerData } from 'node:worker_threads'
import type { Database } from '@portreeve/database'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import { fromDatabase, toFailure } from './errors.ts'
import { Fetches } from './fetch.ts'
import { loadTopics } from './load.ts'
import { Positions } from './positions.ts'
import type { Answer, Calls, Handlers, Method, Request, WorkerOptions } from './protocol.ts'
import { Retention } from './retention.ts'
import { openStore } from './store.ts'
import { type Partition, Topics } from './topics.ts'
import { Writer } from './write.ts'

/** The thread that has the file: everything in here may wait for the disk. */
function handlersOver(database: Database, folder: string): Handlers {
  const topics = new Topics(database, loadTopics(database, folder))
  const positions = new Positions(database, topics, folder)
  const writer = new Writer(database, topics, positions)
  const fetches = new Fetches(database, topics)
  const retention = new Retention(database, topics, positions)
  /** Set once a flush has failed: what the disk holds is not known any more until the file is opened again. */
  let unsound: PortreeveError | undefined
  return {
    write: (input) => {
      if (unsound !== undefined) throw unsound
      const grown = new Set<Partition>()
      try {
        return writer.write(input, grown)
      } catch (error) {
        if (!isPortreeveError(error, 'PRV_DATABASE_DISK_FAILED')) throw error
        unsound = new PortreeveError('PRV_LOG_FAILED', { folder, ...error.details })
        throw new PortreeveError('PRV_LOG_APPEND_UNKNOWN', error.details)
      } finally {
        fetches.grown(grown)
      }
    },
    fetch: (input) => fetches.fetch(input),
    cancel: (fetch) => void fetches.cancel(fetch),
    createTopic: (config) => void topics.create(config),
    topics: () => topics.all().map(({ description }) => description),
    ranges: (topic) =>
      topics.get(topic).partitions.map(({ partition, start, end, bytes }) => ({ partition, start, end, bytes })),
    join: ({ group, topics, startFrom }) => positions.join(group, topics, startFrom),
    positions: (group) => positions.describe(group),
    lag: ({ group, topic }) => positions.lag(group, topic),
    groups: () => positions.groups(),
    seek: ({ group, position }) => void positions.seek(group, position),
    enforceRetention: (hold) => retention.enforce(hold),
    close: async () => {
      fetches.cancelAll()
      await retention.stop()
      database.close()
    },
  }
}

function serve(handlers: Handlers, folder: string): void {
  parentPort?.on('message', async (request: Request) => {
    const { id, method } = request
    try {
      const value = await run(handlers, method, request.input)
      answer({ id, value })
    } catch (error) {
      answer({ id, failure: toFailure(fromDatabase(error, folder)) })
    }
    if (method === 'close') parentPort?.close()
  })
}

function run<M extends Method>(handlers: Handlers, method: M, input: Calls[M]['input']): Calls[M]['output'] {
  return handlers[method](input)
}

function answer(message: Answer): void {
  const value = 'value' in message ? message.value : null
  const isPacked = typeof value === 'object' && value !== null && 'packed' in value
  const transfer = isPacked && value.packed instanceof ArrayBuffer ? [value.packed] : []
  parentPort?.postMessage(message, transfer)
}

const { folder, ...options }: WorkerOptions = workerData
try {
  serve(handlersOver(openStore({ folder, ...options }), folder), folder)
  answer({ id: 0, value: undefined })
} catch (error) {
  answer({ id: 0, failure: toFailure(fromDatabase(error, folder)) })
}
