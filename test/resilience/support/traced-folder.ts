import type { TracedFile } from './traced-file.ts'

export type TracedNode = TracedFile | TracedFolder

/** A change of a folder's names that a power cut may take. A rename within a folder is one change. */
export interface NameChange {
  readonly remove?: string
  readonly add?: { readonly name: string; readonly node: TracedNode }
  /** The other half of a rename between folders: the old name does not go before the new one is there. */
  readonly needs?: { readonly folder: TracedFolder; readonly change: NameChange }
}

/** A folder: the names that the disk surely has, and what was made, renamed or removed since. */
export class TracedFolder {
  /** As the program sees it. */
  readonly names = new Map<string, TracedNode>()
  readonly #flushed = new Map<string, TracedNode>()
  #pending: NameChange[] = []

  change(change: NameChange): void {
    this.#pending.push(change)
    apply(this.names, change)
  }

  /** A flush begins. To be called when it ends. */
  flush(): () => void {
    const covered = new Set(this.#pending)
    return () => this.#settle(covered)
  }

  #settle(covered: ReadonlySet<NameChange>): void {
    for (const change of this.#pending) {
      if (!covered.has(change)) continue
      if (change.needs) change.needs.folder.#settleWhatLedTo(change.needs.change)
      apply(this.#flushed, change)
    }
    this.#pending = this.#pending.filter((change) => !covered.has(change))
  }

  /** What was done to the same name before comes first, or it would undo this one. */
  #settleWhatLedTo(last: NameChange): void {
    const names = namesOf(last)
    const before = this.#pending.slice(0, this.#pending.indexOf(last) + 1)
    this.#settle(new Set(before.filter((change) => namesOf(change).some((name) => names.includes(name)))))
  }

  pending(): readonly NameChange[] {
    return this.#pending
  }

  /** The names that are there when the cut has left these changes. */
  afterCut(kept: ReadonlySet<NameChange>): ReadonlyMap<string, TracedNode> {
    const names = new Map(this.#flushed)
    for (const change of this.#pending) if (kept.has(change)) apply(names, change)
    return names
  }
}

function namesOf({ remove, add }: NameChange): readonly string[] {
  return [...(remove === undefined ? [] : [remove]), ...(add ? [add.name] : [])]
}

function apply(names: Map<string, TracedNode>, { remove, add }: NameChange): void {
  if (remove !== undefined) names.delete(remove)
  if (add !== undefined) names.set(add.name, add.node)
}
