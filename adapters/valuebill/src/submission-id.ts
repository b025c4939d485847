import { createHash } from 'node:crypto'
import type { SubmissionHead } from './write-document.ts'

/**
 * The id of a batch's document at the service: the batch's, a hyphen, and eight digits for the header. The service keeps its first
 * answer to an id for ever, so what it refused because of a wrong header needs another id once the header is right.
 *
 * The header of an earlier configuration is not remembered. A batch whose outcome was still unknown when `billingAuthority` or
 * `billingAuthorityCode` was changed is therefore looked up under an id that the service never saw, and is sent again
 * although it may have been taken under the old one: let nothing be on its way when these are changed.
 */
export function submissionId(batchId: string, head: Omit<SubmissionHead, 'at'>): string {
  const header = JSON.stringify([head.billingAuthority, head.billingAuthorityCode])
  return `${batchId}-${createHash('sha256').update(header).digest('hex').slice(0, 8)}`
}
