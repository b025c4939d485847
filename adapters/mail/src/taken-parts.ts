/** Letters of which some e-mails were taken and others were not are remembered, the oldest forgotten first. */
const most = 1000

/**
 * Which e-mails of a letter to several people were taken, by message id: when the others are tried again, these are not. It
 * lasts as long as the process; afterwards they go once more, under the same Message-ID.
 */
export class TakenParts {
  readonly #byMessage = new Map<string, Map<string, string>>()

  /** The server's words by recipient; to be added to. */
  of(messageId: string): Map<string, string> {
    const known = this.#byMessage.get(messageId)
    if (known) return known
    const parts = new Map<string, string>()
    const [oldest] = this.#byMessage.keys()
    if (this.#byMessage.size >= most && oldest !== undefined) this.#byMessage.delete(oldest)
    this.#byMessage.set(messageId, parts)
    return parts
  }

  /** The letter is done with: sent again, all of it goes again. */
  forget(messageId: string): void {
    this.#byMessage.delete(messageId)
  }
}
