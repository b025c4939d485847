import { type Expected, emailRequested } from '@portreeve/configuration'
import type { Message } from '@portreeve/envelope'
import type { EmailRequested } from '@portreeve/model'

type Email = Pick<EmailRequested, 'template' | 'to'>
type ExpectedEmail = NonNullable<Expected['emails']>[number]

/** E-mails that were not sent, and those that were not expected; in any order, and each once however often it was sent. */
export function emailDifferences(wanted: Expected['emails'], sent: readonly Message[]): readonly string[] {
  if (wanted === undefined) return []
  const letters = new Map(sent.filter(isEmail).map((message) => [message.envelope.id, emailOf(message)]))
  const left = [...letters.values()]
  const missing = wanted.filter((one) => {
    const index = left.findIndex((email) => isAsExpected(one, email))
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
  return [
    ...missing.map(({ template, to }) => `No e-mail ${template}${to === undefined ? '' : ` to ${list(to)}`} was sent.`),
    ...left.map(({ template, to }) => `An e-mail ${template} to ${list(to)} was sent, which was not expected.`),
  ]
}

const isEmail = ({ envelope }: Message) => envelope.type === emailRequested

function emailOf({ body }: Message): Email {
  return JSON.parse(new TextDecoder().decode(body))
}

function isAsExpected({ template, to }: ExpectedEmail, email: Email): boolean {
  return template === email.template && (to === undefined || list(to) === list(email.to))
}

function list(to: string | readonly string[]): string {
  return [to].flat().toSorted().join(' and ')
}
