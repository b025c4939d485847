/** What a journey has told before the power was cut: the promises that must be kept afterwards. */
export class Told {
  /** Names of files that surely lie in the inbox, or are further on. */
  readonly dropped = new Set<string>()
  /** What the VOA had taken, one submission a line: it is another machine, and remembers. */
  readonly taken: string[] = []
  /** Public references that were given out. */
  readonly references = new Set<string>()
  /** How often a file was said to be a copy of another one. */
  copies = 0
  /** Receiver and message id -> the state that was told. */
  readonly ended = new Map<string, string>()

  add(line: string): void {
    const [what = '', ...words] = line.split(' ')
    const rest = line.slice(what.length + 1)
    const [first = '', second = '', third = ''] = words
    if (what === 'dropped') this.dropped.add(rest)
    else if (what === 'taken') this.taken.push(rest)
    else if (what === 'accepted') this.#accepted(first, second)
    else if (what === 'ended') this.ended.set(`${first} ${second}`, third)
    else throw new TypeError(`the journey told ${line}`)
  }

  #accepted(status: string, reference: string): void {
    this.references.add(reference)
    if (status === 'duplicate') this.copies++
  }
}
