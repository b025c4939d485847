import type { LedgerRecord } from './ledger-record.ts'

/** The file that a transaction began with. */
export interface SubmittedFile {
  readonly name: string | null
  /** SHA-256, lower-case hex. */
  readonly digest: string
}

const mark = Buffer.from('"digest"')
const largestBodyBytes = 64 * 1024

/**
 * The file that the first message of a transaction speaks of: `{ fileName, digest }` in a JSON body. Messages that
 * follow from it find it by their correlation id; so their bodies, which may be large, are not parsed here.
 */
export function submittedFile({ envelope, body }: LedgerRecord): SubmittedFile | null {
  if (envelope.id !== envelope.correlationId || envelope.dataContentType !== 'application/json') return null
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  if (bytes.byteLength > largestBodyBytes || !bytes.includes(mark)) return null
  let value: { fileName?: unknown; digest?: unknown } | null
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
  if (typeof value?.digest !== 'string') return null
  return { digest: value.digest, name: typeof value.fileName === 'string' ? value.fileName : null }
}
