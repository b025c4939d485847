import type { Adapter, Emitted } from '@portreeve/adapter-sdk'
import { Bell } from '../bell.ts'

const longestWaitMs = 60_000

/** What a case brings by one adapter: it is polled as soon as it is there. */
export class CaseInbox {
  readonly #waiting: { readonly message: Emitted; readonly settled: (reference: string) => void }[] = []
  readonly #bell = new Bell()
  #unsettled = 0

  /** True when everything that was brought is on the log. */
  get isSettled(): boolean {
    return this.#unsettled === 0
  }

  /** `settled` is told the reference once it is on the log. */
  bring(message: Emitted, settled: (reference: string) => void = () => {}): void {
    this.#unsettled++
    this.#waiting.push({ message, settled })
    this.#bell.ring()
  }

  readonly poll: NonNullable<Adapter['poll']> = (_cursor, signal) => this.#poll(signal)

  async *#poll(signal: AbortSignal): ReturnType<NonNullable<Adapter['poll']>> {
    while (!signal.aborted) {
      for (let one = this.#waiting.shift(); one; one = this.#waiting.shift()) {
        const { message, settled } = one
        const settle = async ({ reference }: { reference: string }) => {
          this.#unsettled--
          settled(reference)
        }
        yield { polled: { message, settle }, cursor: null }
      }
      await this.#bell.wait(longestWaitMs, signal)
    }
  }
}
