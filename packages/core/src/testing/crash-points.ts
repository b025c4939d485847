/** Stops everything at one of its calls, before or after that had its effect, as `kill -9` would. */
export class CrashPoints {
  readonly crashed: Promise<'crashed'>
  readonly #crash: (value: 'crashed') => void
  #left: number
  #dead = false

  /** `steps`: how many points are passed before the crash; `Infinity` for none. */
  constructor(steps: number) {
    const { promise, resolve } = Promise.withResolvers<'crashed'>()
    this.crashed = promise
    this.#crash = resolve
    this.#left = steps
  }

  get happened(): boolean {
    return this.#dead
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
      this.#dead = true
      this.#crash('crashed')
    }
    // A dead process does nothing any more, not even fail.
    if (this.#dead) await new Promise(() => {})
  }
}
