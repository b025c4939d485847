import { Worker } from 'node:worker_threads'
import { PortreeveError } from '@portreeve/errors'
import { fromFailure } from './errors.ts'
import type { Answer, Calls, Method, Request, WorkerOptions } from './protocol.ts'
import { newAnswer, waitForAnswer } from './shared-answer.ts'

interface Waiting {
  readonly method: Method | 'open'
  resolve(value: unknown): void
  reject(error: unknown): void
}

/** The journal has 16 MB at most, unless a disk is very slow. */
const longestFreezeMs = 10_000

/** The worker thread as seen from outside: questions and answers. */
export class Thread {
  readonly #worker: Worker
  readonly #folder: string
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0
  #ended: PortreeveError | undefined

  private constructor(worker: Worker, folder: string) {
    this.#worker = worker
    this.#folder = folder
    worker.on('message', (answer: Answer) => this.#settle(answer))
    worker.on('error', (error) => this.#end(error instanceof Error ? error.message : String(error)))
    worker.on('exit', (code) => this.#end(`its thread ended with code ${code}`))
  }

  /** Rejects with what `openSqliteLog` rejects with. */
  static async start(options: WorkerOptions): Promise<Thread> {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: options,
      // A flag of the main program, such as one that says how its text is to be read, is not meant for this file.
      execArgv: [],
    })
    const thread = new Thread(worker, options.folder)
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    thread.#waiting.set(0, { method: 'open', resolve, reject })
    await promise
    return thread
  }

  /** What is in `transfer` goes over to the worker and cannot be used here any more. */
  call<M extends Method>(
    method: M,
    input: Calls[M]['input'],
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<Awaited<Calls[M]['output']>> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended)
    const { promise, resolve, reject } = Promise.withResolvers<Awaited<Calls[M]['output']>>()
    const id = ++this.#lastId
    const waiting: Pick<Waiting, 'method' | 'reject'> & { resolve(value: Awaited<Calls[M]['output']>): void } = {
      method,
      resolve,
      reject,
    }
    this.#waiting.set(id, waiting)
    const request: { id: number; method: M; input: Calls[M]['input'] } = { id, method, input }
    this.#worker.postMessage(request satisfies Pick<Request, 'id' | 'method'>, transfer)
    return promise
  }

  /**
   * Holds the file still before it returns: all that was called before is in it, nothing that is called after. The calling thread
   * stands still meanwhile. Throws `PRV_LOG_BUSY`; the file is not held then.
   */
  freeze(): void {
    if (this.#ended !== undefined) throw this.#ended
    const memory = newAnswer()
    const freezing = this.call('freeze', memory)
    // What went wrong is told by the memory, and here.
    freezing.catch(() => undefined)
    if (waitForAnswer(memory, longestFreezeMs)) return
    void this.call('thaw', undefined).catch(() => undefined)
    throw new PortreeveError('PRV_LOG_BUSY', { folder: this.#folder })
  }

  /** Resolves when the file is closed and the thread is gone. */
  async end(): Promise<void> {
    const { promise: gone, resolve } = Promise.withResolvers<void>()
    this.#worker.once('exit', () => resolve())
    if (this.#ended !== undefined) return
    await this.call('close', undefined)
    await gone
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if ('value' in answer) waiting?.resolve(answer.value)
    else waiting?.reject(fromFailure(answer.failure, this.#folder))
  }

  /** Whatever was under way when the thread died is told so; a write may or may not have reached the disk. */
  #end(fault: string): void {
    this.#ended ??= new PortreeveError('PRV_LOG_FAILED', { folder: this.#folder, fault })
    for (const { method, reject } of this.#waiting.values()) {
      reject(method === 'write' ? new PortreeveError('PRV_LOG_APPEND_UNKNOWN', { fault }) : this.#ended)
    }
    this.#waiting.clear()
  }
}
