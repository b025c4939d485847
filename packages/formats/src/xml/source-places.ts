import { LineCounter } from './line-counter.ts'
import { nbspShortens, type Replaced } from './nbsp-replacer.ts'
import type { Place } from './place.ts'

/** Places in the file as it came, for rising offsets in the text as it is read. */
export class SourcePlaces {
  readonly #lines = new LineCounter()
  #length = 0
  /** Replacements not yet passed, as offsets in the text as it is read. */
  #spaces: number[] = []
  #passed = 0

  push(piece: Replaced): void {
    this.#lines.push(piece.original)
    for (const at of piece.spacesAt) this.#spaces.push(this.#length + at)
    this.#length += piece.text.length
  }

  /** Characters that were read. */
  get length(): number {
    return this.#length
  }

  /** `offset` must not be less than the one before. */
  placeOf(offset: number): Place {
    let next = this.#spaces[0]
    if (next !== undefined && next < offset) {
      let count = 0
      for (; next !== undefined && next < offset; next = this.#spaces[count]) count += 1
      this.#passed += count
      this.#spaces = this.#spaces.slice(count)
    }
    return this.#lines.placeOf(offset + this.#passed * nbspShortens)
  }
}
