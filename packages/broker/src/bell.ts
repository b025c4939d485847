/** Wakes one who sleeps until something happens. A ring while nobody sleeps is heard by the next one. */
export class Bell {
  #rung = false
  #wake: (() => void) | undefined

  ring(): void {
    this.#rung = true
    this.#wake?.()
  }

  /** Resolves when it rings, when the time is over or when the signal aborts, whichever comes first. Never rejects. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (this.#rung || signal.aborted) {
      this.#rung = false
      return
    }
    const over = Promise.withResolvers<void>()
    const wake = () => over.resolve()
    const timer = setTimeout(wake, ms)
    signal.addEventListener('abort', wake, { once: true })
    this.#wake = wake
    await over.promise
    clearTimeout(timer)
    signal.removeEventListener('abort', wake)
    this.#wake = undefined
    this.#rung = false
  }
}
