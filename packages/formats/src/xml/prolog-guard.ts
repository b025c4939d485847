const opening = '<!DOCTYPE'

/**
 * Finds a DOCTYPE before the parser sees it: looks through what may stand before the root element (white space, comments,
 * processing instructions) and gives up at the first thing that may not.
 */
export class PrologGuard {
  #held = ''
  /** Offset of the first held character. */
  #offset = 0
  /** Where the search for the end of a comment or instruction goes on. */
  #from = 0
  #done = false

  /** Offset of the `<` of a DOCTYPE, or `undefined` as long as there is none. */
  find(piece: string): number | undefined {
    if (this.#done) return undefined
    this.#held += piece
    for (;;) {
      this.#drop(this.#held.search(/[^\s]|$/))
      if (this.#held.startsWith(opening)) return this.#offset
      const end = this.#held.startsWith('<!--') ? '-->' : this.#held.startsWith('<?') ? '?>' : undefined
      if (end === undefined) {
        this.#done = !opening.startsWith(this.#held) && !'<!--'.startsWith(this.#held)
        if (this.#done) this.#held = ''
        return undefined
      }
      const from = Math.max(this.#from, end.length + 1)
      const at = this.#held.indexOf(end, from)
      if (at === -1) {
        this.#from = Math.max(from, this.#held.length - end.length)
        return undefined
      }
      this.#drop(at + end.length)
    }
  }

  #drop(length: number): void {
    this.#held = this.#held.slice(length)
    this.#offset += length
    this.#from = 0
  }
}
