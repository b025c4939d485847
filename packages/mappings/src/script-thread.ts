import { Worker } from 'node:worker_threads'
import type { Answer, Request, ScriptLimits } from './protocol.ts'

const stackMegabytes = 16

/** The thread that scripts run in, as seen from outside: one question at a time. */
export class ScriptThread {
  /** Keys of the scripts that it has compiled. */
  readonly compiled = new Set<string>()
  readonly #worker: Worker
  #waiting: ((answer: Answer) => void) | undefined
  #answered = false
  #end: string | undefined

  constructor(limits: ScriptLimits) {
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: limits,
      // A flag of the main program is not meant for this file, and its environment holds secrets.
      execArgv: [],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMegabytes, stackSizeMb: stackMegabytes },
    })
    this.#worker.unref()
    this.#worker.on('message', (answer: Answer) => {
      this.#answered = true
      this.#settle(answer)
    })
    this.#worker.on('error', (error) => this.#over(codeOf(error)))
    this.#worker.on('exit', () => this.#over('it ended'))
  }

  get ended(): boolean {
    return this.#end !== undefined
  }

  /** Why it ended before it ever answered; `undefined` when it did. */
  get neverRan(): string | undefined {
    return this.#answered ? undefined : this.#end
  }

  /** Never rejects: a thread that dies or does not answer in time has met a limit. */
  async ask(request: Request, patienceMs: number): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>()
    this.#waiting = resolve
    this.#worker.ref()
    this.#worker.postMessage(request)
    const timer = setTimeout(() => this.#over('it took too long'), patienceMs)
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      this.#worker.unref()
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }

  #over(why: string): void {
    this.#end ??= why
    this.#settle({ over: why, broken: true })
  }

  #settle(answer: Answer): void {
    this.#waiting?.(answer)
    this.#waiting = undefined
  }
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'it took too much memory' : `its thread failed${code && ` with ${code}`}`
}
