import MailComposer from 'nodemailer/lib/mail-composer'
import { addressOf, isMailAddress } from './smtp-address.ts'

/** One e-mail to one address. All texts come from outside: what could become a header of its own is never written. */
export interface Mail {
  /** `a@b`, or `Name <a@b>`. */
  readonly from: string
  readonly replyTo?: string
  readonly to: string
  /** Without angle brackets. The same e-mail sent again has the same one. */
  readonly messageId: string
  readonly date: Date
  /** One line. */
  readonly subject: string
  readonly text: string
  readonly html?: string
}

/** Which part of an e-mail cannot be written as it is. */
export type MailFault = 'from' | 'replyTo' | 'to' | 'messageId' | 'subject'

const control = /[\p{Cc}\p{Zl}\p{Zp}]/u

/** What keeps the e-mail from being written; `null`: nothing. */
export function mailFault({ from, replyTo, to, messageId, subject }: Mail): MailFault | null {
  if (addressOf(from) === null) return 'from'
  if (replyTo !== undefined && addressOf(replyTo) === null) return 'replyTo'
  if (!isMailAddress(to)) return 'to'
  if (!isMailAddress(messageId)) return 'messageId'
  return subject.trim() === '' || control.test(subject) ? 'subject' : null
}

/**
 * The e-mail's bytes, by RFC 5322 and MIME: 7-bit, no line longer than 76 characters but for a long word of a header, text and
 * HTML as alternatives. The same mail makes the same bytes. Throws `TypeError` for one with a `mailFault`.
 */
export async function writeMail(mail: Mail): Promise<Uint8Array> {
  const fault = mailFault(mail)
  if (fault !== null) throw new TypeError(`this cannot be written as the ${fault} of an e-mail`)
  const { from, replyTo, to, messageId, date, subject, text, html } = mail
  const composer = new MailComposer({
    from,
    to,
    date,
    subject,
    text: wellFormed(text),
    messageId: `<${messageId}>`,
    ...(replyTo !== undefined && { replyTo }),
    ...(html !== undefined && { html: wellFormed(html) }),
    // RFC 3834: nobody's absence is to be answered to us.
    headers: { 'Auto-Submitted': 'auto-generated' },
    textEncoding: 'quoted-printable',
    baseBoundary: messageId.split('@')[0],
    xMailer: false,
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return await composer.compile().build()
}

/** A bare carriage return is one that servers do not agree on: nothing of it goes out. */
function wellFormed(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\t\n])\p{Cc}/gu, '')
}
