/** What a replay has done in a partition; the metadata of its position. */
export interface ReplayCounts {
  /** Messages that go to the receiver, as a preview counts. */
  readonly messages: number
  /** Records that were looked at; `null` in what was written before they were counted. */
  readonly looked: number | null
}

export function replayCounts(metadata: string | null): ReplayCounts {
  if (metadata === null) return { messages: 0, looked: 0 }
  const [messages, looked] = metadata.split(' ')
  return { messages: Number(messages), looked: looked === undefined ? null : Number(looked) }
}

export function metadataOf({ messages, looked }: ReplayCounts): string {
  return looked === null ? `${messages}` : `${messages} ${looked}`
}
