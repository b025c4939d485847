import { linesIn } from './raw-record.ts'

/** The part of a text that is looked at. Keeps what was not taken yet, and no more. */
export class TextWindow {
  readonly #pieces: AsyncIterator<string>
  text = ''
  /** Where in `text` that begins which was not taken yet, and its line in the file. */
  at = 0
  line = 1
  /** No more text comes. */
  isEnd = false

  constructor(pieces: AsyncIterable<string>) {
    this.#pieces = pieces[Symbol.asyncIterator]()
  }

  /** Puts the next piece behind what is there; places in `text` are others then. */
  async more(): Promise<void> {
    const next = await this.#pieces.next()
    this.text = this.text.slice(this.at) + (next.done ? '' : next.value)
    this.at = 0
    this.isEnd = next.done === true
  }

  /** Whether there is anything left; fetches more when all is taken. */
  async hasText(): Promise<boolean> {
    while (this.at === this.text.length && !this.isEnd) await this.more()
    return this.at < this.text.length
  }

  /** What lies before `to` is done with. */
  take(to: number): void {
    this.line += linesIn(this.text, this.at, to)
    this.at = to
  }

  /** Passes over all that comes before the line behind `from`, however much it is. */
  async passLine(from: number): Promise<void> {
    this.take(from)
    for (;;) {
      const end = this.text.indexOf('\n', this.at)
      if (end !== -1) return this.take(end + 1)
      this.take(this.text.length)
      if (this.isEnd) return
      await this.more()
    }
  }

  async close(): Promise<void> {
    await this.#pieces.return?.()
  }
}
