/** How much of a document goes into the log at once. */
export interface ChunkLimits<Item> {
  readonly maxRecords: number
  /** A single larger record still goes, alone. */
  readonly maxBytes: number
  readonly sizeOf: (item: Item) => number
}

export interface Chunk<Item> {
  readonly items: readonly Item[]
  /** Nothing comes after these. */
  readonly done: boolean
}

/**
 * The next part of what a Splitter reads from a long document. The iterator stays open between two calls; close it with `return`
 * when a part is not wanted any more. Rejects with what the iterator rejects with.
 */
export async function nextChunk<Item>(
  records: AsyncIterator<Item>,
  { maxRecords, maxBytes, sizeOf }: ChunkLimits<Item>,
): Promise<Chunk<Item>> {
  const items: Item[] = []
  let bytes = 0
  while (items.length < maxRecords && bytes < maxBytes) {
    const next = await records.next()
    if (next.done === true) return { items, done: true }
    items.push(next.value)
    bytes += sizeOf(next.value)
  }
  return { items, done: false }
}
