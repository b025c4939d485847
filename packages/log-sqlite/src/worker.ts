import { parentPort, workerData } from 'node:worker_threads'
import { openEngine } from './engine.ts'
import { fromDatabase, toFailure } from './errors.ts'
import type { Answer, Calls, Handlers, Method, Request, WorkerOptions } from './protocol.ts'

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

const options: WorkerOptions = workerData
try {
  serve(openEngine(options), options.folder)
  answer({ id: 0, value: undefined })
} catch (error) {
  answer({ id: 0, failure: toFailure(fromDatabase(error, options.folder)) })
}
