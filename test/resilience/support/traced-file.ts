import type { SeededRandom } from '../../support/seeded-random.ts'

/** A change of a file's content that a power cut may take. */
export interface Change {
  /** Where the bytes go; absent for a change of size only. */
  readonly write?: { readonly offset: number; readonly bytes: Buffer }
  /** The file's new size, when that is what changes. */
  readonly truncate?: number
  /** The call has returned: a flush that begins now covers it. */
  isDone: boolean
}

/** What a disk writes whole or not at all. */
const SECTOR_BYTES = 512

/** A file: what the disk surely has, and what was written since. */
export class TracedFile {
  /** As the program sees it. */
  sizeBytes = 0
  #flushed = Buffer.alloc(0)
  #pending: Change[] = []

  change(change: Change): void {
    this.#pending.push(change)
    const { write, truncate = 0 } = change
    this.sizeBytes = write ? Math.max(this.sizeBytes, write.offset + write.bytes.length) : truncate
  }

  /** A flush begins; it covers the calls that have returned. To be called when it ends. */
  flush(): () => void {
    const covered = new Set(this.#pending.filter(({ isDone }) => isDone))
    return () => {
      for (const change of this.#pending) if (covered.has(change)) this.#flushed = applied(this.#flushed, change)
      this.#pending = this.#pending.filter((change) => !covered.has(change))
    }
  }

  /** As the program sees it, when all that is under way gets there. */
  content(): Buffer {
    return this.#pending.reduce(applied, ownCopy(this.#flushed))
  }

  /** A program was killed within a write: says how much of it got there, for the next program sees and flushes that. */
  programEnded(content: Buffer): void {
    this.#pending = this.#pending.map((change) => {
      const { write, isDone } = change
      if (isDone) return change
      if (write === undefined) return { truncate: content.length, isDone: true }
      const bytes = content.subarray(write.offset, write.offset + write.bytes.length)
      return { write: { ...write, bytes }, isDone: true }
    })
    this.sizeBytes = content.length
  }

  /**
   * What a power cut leaves: some of the changes since the flush, in their order, some of them torn. Another order among
   * them needs no trying: two writes to one place in the other order are the same as the later one lost.
   */
  afterCut(random: SeededRandom): Buffer {
    let content = ownCopy(this.#flushed)
    const kept = keptOf(this.#pending.length, random)
    const tears = random.chance(0.5)
    for (const [i, change] of this.#pending.entries()) {
      if (!kept(i)) continue
      for (const part of tears ? sectorsOf(change, random) : [change]) content = applied(content, part)
    }
    return content
  }
}

/** Which of so many changes, in order, a cut leaves: all, none, the first ones, or any. */
export function keptOf(count: number, random: SeededRandom): (index: number) => boolean {
  const share = random.pick([0, 0.1, 0.5, 0.9, 1])
  if (random.chance(0.5)) return () => random.chance(share)
  const first = random.integer(0, count)
  return (index) => index < first
}

function applied(content: Buffer<ArrayBuffer>, { write, truncate }: Omit<Change, 'isDone'>): Buffer<ArrayBuffer> {
  if (write === undefined) return resized(content, truncate ?? content.length)
  const end = write.offset + write.bytes.length
  const target = end > content.length ? resized(content, end) : content
  write.bytes.copy(target, write.offset)
  return target
}

function ownCopy(content: Buffer): Buffer<ArrayBuffer> {
  return Buffer.from(new Uint8Array(content).buffer)
}

/** Keeps room behind the content, so that a file that grows is not copied at each write. */
function resized(content: Buffer<ArrayBuffer>, size: number): Buffer<ArrayBuffer> {
  const { buffer, byteOffset, length } = content
  if (byteOffset + size <= buffer.byteLength) {
    const target = Buffer.from(buffer, byteOffset, size)
    if (size > length) target.fill(0, length)
    return target
  }
  const target = Buffer.from(new ArrayBuffer(size * 2), 0, size)
  content.copy(target)
  return target
}

function sectorsOf({ write, truncate }: Change, random: SeededRandom): Omit<Change, 'isDone'>[] {
  if (write === undefined) return [truncate === undefined ? {} : { truncate }]
  const sectors: Omit<Change, 'isDone'>[] = []
  for (let from = 0; from < write.bytes.length; ) {
    const at = write.offset + from
    const to = Math.min(write.bytes.length, from + SECTOR_BYTES - (at % SECTOR_BYTES))
    if (random.chance(0.7)) sectors.push({ write: { offset: at, bytes: write.bytes.subarray(from, to) } })
    from = to
  }
  return sectors
}
