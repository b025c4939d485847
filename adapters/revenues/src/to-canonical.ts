import type { Emitted } from '@portreeve/adapter-sdk'

export const submissionReceived = 'valuation.submission.received'

export interface TakenFile {
  /** As it is shown. */
  readonly fileName: string
  /** SHA-256 of its bytes, under which they are staged. */
  readonly digest: string
  readonly sizeBytes: number
  /** Label of the instance that took it. */
  readonly inbox: string
}

/** A file as the message that it becomes: the same bytes are the same message. Pure. */
export function toCanonical({ fileName, digest, sizeBytes, inbox }: TakenFile): Emitted {
  return {
    type: submissionReceived,
    idSeed: digest,
    key: digest,
    attributes: { channel: 'file' },
    contentType: 'application/json',
    body: new TextEncoder().encode(JSON.stringify({ fileName, digest, sizeBytes, inbox })),
  }
}
