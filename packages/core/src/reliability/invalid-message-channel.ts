import type { Place } from './delivery-message.ts'

/** A record as it stands in the log; perhaps no message of ours. */
export interface UnreadableRecord extends Place {
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers: readonly (readonly [name: string, value: Uint8Array])[]
}

/** What is appended to the channel's topic. */
export type InvalidMessage = Pick<UnreadableRecord, 'key' | 'value' | 'headers'>

const encoder = new TextEncoder()

/**
 * Invalid Message Channel (EIP): what makes no sense to a receiver goes there as it came, its headers under `was_…`, for they
 * must not be taken for those of a message, with who could not read it, why (a code of the catalogue) and where it stands.
 */
export function invalidMessage(
  { key, value, headers, topic, partition, offset }: UnreadableRecord,
  { receiver, code }: { readonly receiver: string; readonly code: string },
): InvalidMessage {
  return {
    key,
    value,
    headers: [
      ...headers.map(([name, was]) => [`was_${name}`, was] as const),
      ['prv_receiver', encoder.encode(receiver)],
      ['prv_code', encoder.encode(code)],
      ['prv_place', encoder.encode(`${topic}/${partition}/${offset}`)],
    ],
  }
}
