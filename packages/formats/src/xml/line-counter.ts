import type { Place } from './place.ts'

/**
 * Tells line and column of rising offsets in a text that comes in pieces, and forgets each piece once it is passed.
 * A line ends with `\n`, `\r\n` or `\r`.
 */
export class LineCounter {
  readonly #waiting: string[] = []
  #piece = ''
  /** Offset of the current piece's first character. */
  #base = 0
  #nextFeed = 0
  #nextReturn = 0
  #line = 1
  #lineStart = 0
  /** The piece before this one ended with `\r`. */
  #afterReturn = false

  push(piece: string): void {
    if (piece !== '') this.#waiting.push(piece)
  }

  /** `offset` must not be less than the one before, nor more than what was pushed. */
  placeOf(offset: number): Place {
    let end = offset - this.#base
    while (end > this.#piece.length && this.#waiting.length > 0) {
      this.#passLines(this.#piece.length)
      this.#nextPiece()
      end = offset - this.#base
    }
    this.#passLines(end)
    return { line: this.#line, column: offset - this.#lineStart + 1 }
  }

  #passLines(end: number): void {
    while (this.#nextFeed < end || this.#nextReturn < end) {
      const isFeed = this.#nextFeed < this.#nextReturn
      const at = isFeed ? this.#nextFeed : this.#nextReturn
      const before = at === 0 ? this.#afterReturn : this.#piece.charCodeAt(at - 1) === 13
      if (!(isFeed && before)) this.#line += 1
      this.#lineStart = this.#base + at + 1
      if (isFeed) this.#nextFeed = this.#find('\n', at + 1)
      else this.#nextReturn = this.#find('\r', at + 1)
    }
  }

  #nextPiece(): void {
    if (this.#piece !== '') this.#afterReturn = this.#piece.endsWith('\r')
    this.#base += this.#piece.length
    this.#piece = this.#waiting.shift() ?? ''
    this.#nextFeed = this.#find('\n', 0)
    this.#nextReturn = this.#find('\r', 0)
  }

  #find(end: string, from: number): number {
    const at = this.#piece.indexOf(end, from)
    return at === -1 ? Number.POSITIVE_INFINITY : at
  }
}
