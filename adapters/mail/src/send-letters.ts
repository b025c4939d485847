import { type Adapter, type Outcome, sendEach } from '@portreeve/adapter-sdk'
import { type Mail, mailFault, type SmtpRefusal, type SmtpServer } from '@portreeve/endpoints'
import type { Envelope, Message } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import { mailMessageId } from './message-id.ts'
import type { Pace } from './pace.ts'
import { Post } from './post.ts'
import { TakenParts } from './taken-parts.ts'
import type { TemplateFolder } from './template-folder.ts'
import type { Letter, Written } from './vendor-types.ts'

export interface SendLettersOptions {
  /** Label of the instance. */
  readonly system: string
  readonly server: SmtpServer
  readonly from: string
  readonly replyTo?: string
  readonly templates: TemplateFolder
  readonly pace: Pace
  /** Throws `PRV_ADAPTER_MESSAGE`. */
  readonly read: (message: Message) => Letter
  readonly now: () => Date
  readonly giveUpAfterDays: number
}

const dayMs = 86_400_000

/** Writes the letters of a batch and hands each e-mail of them to the mail server, one after the other. */
export function sendLetters(options: SendLettersOptions): NonNullable<Adapter['send']> {
  const { system, server, templates, pace, read } = options
  const taken = new TakenParts()

  async function sendOne({ envelope, body }: Message, post: Post, signal: AbortSignal): Promise<Outcome> {
    const letter = read({ envelope, body })
    if (letter.to.length === 0) {
      const { code, message } = new PortreeveError('PRV_MAIL_NOBODY')
      return { state: 'refused', code, reason: message }
    }
    const mails = mailsOf(letter, await templates.write(letter), envelope, options)
    const words = taken.of(envelope.id)
    const refusals: SmtpRefusal[] = []
    for (const mail of mails.filter(({ to }) => !words.has(to))) {
      if (!(await pace.turn(signal))) throw new PortreeveError('PRV_ENDPOINTS_STOPPED', { operation: 'An e-mail' })
      const answer = await post.send(mail, signal)
      if (answer.state === 'taken') words.set(mail.to, answer.words)
      else refusals.push({ ...answer, words: withoutAddresses(answer.words) })
    }
    const [first] = refusals.toSorted(laterFirst)
    if (first !== undefined) return declined(first, refusals.length, mails.length, envelope)
    taken.forget(envelope.id)
    return { state: 'delivered', proof: mails.map((mail) => `<${mail.messageId}> ${words.get(mail.to)}`).join(', ') }
  }

  function declined({ state, code, words }: SmtpRefusal, some: number, all: number, envelope: Envelope): Outcome {
    const isOld = options.now().getTime() - Date.parse(envelope.time) >= options.giveUpAfterDays * dayMs
    if (state === 'later' && !isOld) {
      const error = new PortreeveError('PRV_MAIL_ADDRESS_LATER', { system, id: envelope.id, code })
      // No wait: the server takes what is for others.
      return { state: 'not-taken', error: error.toJSON(), retryAfterMs: 0 }
    }
    return { state: 'refused', code, reason: all === 1 ? words : `${some} of ${all} addresses: ${words}` }
  }

  return async (batch, signal) => {
    await using post = new Post(server)
    return await sendEach(batch, { system, sendOne: (message) => sendOne(message, post, signal) }, signal)
  }
}

/** The e-mails of a letter. Throws `PRV_MAIL_HEADER` before any of them is sent. */
function mailsOf(
  { to: recipients }: Letter,
  written: Written,
  { id }: Envelope,
  { from, replyTo, now }: SendLettersOptions,
): readonly Mail[] {
  return recipients.map((to) => {
    const messageId = mailMessageId(id, to, from)
    const mail = { from, ...(replyTo !== undefined && { replyTo }), to, messageId, date: now(), ...written }
    const part = mailFault(mail)
    if (part !== null) throw new PortreeveError('PRV_MAIL_HEADER', { id, part })
    return mail
  })
}

/** As long as one is to be tried again, the letter is not done with. */
function laterFirst(a: SmtpRefusal, b: SmtpRefusal): number {
  return Number(b.state === 'later') - Number(a.state === 'later')
}

/** Servers like to repeat the address: it is in the message, and need not stand wherever an outcome does. */
function withoutAddresses(words: string): string {
  return words.replace(/[^\s<>:,;]+@[^\s<>:,;]+/g, '…')
}
