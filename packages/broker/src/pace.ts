/** Long enough for the rhythm of reading and writing to even out, short enough to follow a machine that gets busy. */
const windowMs = 20_000
const sampleEveryMs = 500

interface Sample {
  readonly atMs: number
  readonly bytes: number
}

/** Tells how long the rest of a file will take, by the pace of the last while. */
export class Pace {
  readonly #totalBytes: number
  readonly #now: () => number
  /** The first is where the last while began; at least one. */
  #samples: Sample[]

  /** Begins now, at nothing. `now`: milliseconds of a clock that never goes back. */
  constructor(totalBytes: number, now = () => performance.now()) {
    this.#totalBytes = totalBytes
    this.#now = now
    this.#samples = [{ atMs: now(), bytes: 0 }]
  }

  /** What came before tells nothing of the pace. */
  beginAt(bytes: number): void {
    this.#samples = [{ atMs: this.#now(), bytes }]
  }

  /** Whole seconds until the end, now that so many bytes are done; `null` before that can be told. */
  secondsLeft(bytes: number): number | null {
    const atMs = this.#now()
    const last = this.#samples.at(-1)
    if (!last || atMs - last.atMs >= sampleEveryMs) this.#samples.push({ atMs, bytes })
    while ((this.#samples[1]?.atMs ?? atMs) < atMs - windowMs) this.#samples.shift()
    const [first = { atMs, bytes }] = this.#samples
    if (bytes >= this.#totalBytes) return 0
    if (atMs - first.atMs < sampleEveryMs || bytes <= first.bytes) return null
    const bytesPerMs = (bytes - first.bytes) / (atMs - first.atMs)
    return Math.ceil((this.#totalBytes - bytes) / bytesPerMs / 1000)
  }
}
