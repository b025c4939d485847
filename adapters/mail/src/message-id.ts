import { createHash } from 'node:crypto'
import { addressOf } from '@portreeve/endpoints'

/**
 * RFC 5322 Message-ID of the e-mail that a message makes for one recipient, without angle brackets: the same for ever, so that
 * a mailbox or a person can tell a repeat. It tells nothing of the recipient.
 */
export function mailMessageId(messageId: string, to: string, from: string): string {
  const digest = createHash('sha256').update(`${messageId}\n${to}`).digest('hex').slice(0, 32)
  return `${digest}@${addressOf(from)?.split('@')[1] ?? 'localhost'}`
}
