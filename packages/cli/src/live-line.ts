import type { Terminal } from './terminal.ts'

const redrawEveryMs = 100

/** One line on standard error that is drawn over, such as a progress bar; nothing at all where nobody looks. */
export class LiveLine {
  readonly #terminal: Terminal
  #drawnAt = 0
  #shown = false

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  /** Draws the line, not more often than an eye can follow. `lineOf` gets the width that it must fit into. */
  draw(lineOf: (columns: number) => string): void {
    const { live, columns, err, now } = this.#terminal
    const at = now().getTime()
    if (!live || at - this.#drawnAt < redrawEveryMs) return
    this.#drawnAt = at
    this.#shown = true
    err(`\r\u001b[2K${lineOf(columns)}`)
  }

  /** Takes the line away, before something else is written. */
  clear(): void {
    if (!this.#shown) return
    this.#shown = false
    this.#drawnAt = 0
    this.#terminal.err('\r\u001b[2K')
  }
}
