import { bodyReader } from '@portreeve/adapter-sdk'
import type { Message } from '@portreeve/envelope'
import { emailRequestedSchema, receiverPausedSchema } from '@portreeve/model'
import type { Letter } from './vendor-types.ts'

const emailRequested = 'notification.email.requested'
const receiverPaused = 'operations.receiver.paused'

export const accepted = [emailRequested, receiverPaused]

export interface LetterOptions {
  /** Label of the instance. */
  readonly system: string
  /** Who gets what is told of operations. */
  readonly alertsTo: readonly string[]
}

/**
 * The letter that a message asks for: what it says itself, or the template `receiver-paused` with the fields of the message.
 * Pure. Throws `PRV_ADAPTER_MESSAGE`.
 */
export function letterReader({ system, alertsTo }: LetterOptions): (message: Message) => Letter {
  const readEmail = bodyReader(emailRequested, emailRequestedSchema, system)
  const readPaused = bodyReader(receiverPaused, receiverPausedSchema, system)
  return (message) => {
    if (message.envelope.type === receiverPaused) {
      return { template: 'receiver-paused', to: alertsTo, values: { ...readPaused(message) } }
    }
    const { template, to, values } = readEmail(message)
    return { template, to: [...new Set(to)], values: Object.fromEntries(values.map(({ name, text }) => [name, text])) }
  }
}
