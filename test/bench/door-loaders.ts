import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { DoorLoad, DoorLoadResult } from './door-load-process.ts'

/** Those who bring transactions to a door, in a process of their own. */
export class DoorLoaders implements Disposable {
  readonly #process = fork(fileURLToPath(new URL('./door-load-process.ts', import.meta.url)))

  /** Resolves when each has its answer; rejects when one is not accepted. */
  async bring(load: DoorLoad): Promise<DoorLoadResult> {
    this.#process.send(load)
    const answered = new AbortController()
    try {
      const { signal } = answered
      const result = once(this.#process, 'message', { signal })
      return (await Promise.race([result, this.#ended(signal)]))[0]
    } finally {
      answered.abort()
    }
  }

  [Symbol.dispose](): void {
    this.#process.kill()
  }

  async #ended(signal: AbortSignal): Promise<never> {
    await once(this.#process, 'exit', { signal })
    throw new TypeError('those who bring have ended')
  }
}
