/** What a workload has told before it died: the promises that the log must keep afterwards. */
export class Report {
  /** Record names and where the log said that they stand, by topic. */
  readonly acknowledged = new Map<string, { topic: string; partition: number; offset: number }>()
  /** Batches that a group was given, in order: whatever stands before `first` was finished for good. */
  readonly handedOut: { group: string; partition: number; first: number; last: number }[] = []
  readonly violations: string[] = []
  /** The topics have been made. */
  wasReady = false

  add(line: string): void {
    const [what, ...words] = line.split(' ')
    if (what === 'opening') return
    if (what === 'ready') this.wasReady = true
    else if (what === 'acknowledged') this.#acknowledged(words)
    else if (what === 'handed-out') this.#handedOut(words)
    else this.violations.push(line)
  }

  #acknowledged([topic = '', ...records]: string[]): void {
    for (const record of records) {
      const [name = '', partition, offset] = record.split('@')
      this.acknowledged.set(name, { topic, partition: Number(partition), offset: Number(offset) })
    }
  }

  #handedOut([group = '', partition, first, last]: string[]): void {
    this.handedOut.push({ group, partition: Number(partition), first: Number(first), last: Number(last) })
  }
}
