/**
 * Ends the process at one of its calls, before or after that had its effect: as `kill -9` would, or as an orderly stop that
 * aborts the signal.
 */
export class CrashPoints {
  readonly crashed: Promise<'crashed'>
  readonly #crash: (value: 'crashed') => void
  #left: number
  #dead = false

  readonly #stop = new AbortController()
  readonly #orderly: boolean

  /** `steps`: how many points are passed before the end; `Infinity` for none. */
  constructor(steps: number, orderly = false) {
    this.#orderly = orderly
    const { promise, resolve } = Promise.withResolvers<'crashed'>()
    this.crashed = promise
    this.#crash = resolve
    this.#left = steps
  }

  get signal(): AbortSignal {
    return this.#stop.signal
  }

  /** The same, with a point before and one behind each call. */
  around<Value extends object>(value: Value): Value {
    return new Proxy(value, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        return async (...parameters: unknown[]) => {
          await this.#pass()
          const result: unknown = await Reflect.apply(member, target, parameters)
          await this.#pass()
          return result
        }
      },
    })
  }

  async #pass(): Promise<void> {
    if (!this.#dead && this.#left-- <= 0) {
      if (this.#orderly) this.#stop.abort()
      else {
        this.#dead = true
        this.#crash('crashed')
      }
    }
    // A dead process does nothing any more, not even fail.
    if (this.#dead) await new Promise(() => {})
  }
}
