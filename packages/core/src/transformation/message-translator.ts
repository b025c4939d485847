import type { Message } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'

/** Writes the value of a JSON body in another form; throws what it likes when the value has none. */
export type BodyWriter = (value: unknown) => Uint8Array

/**
 * Message Translator (EIP): the same message with its JSON body in the form that a receiver wants. Throws
 * `PRV_CORE_TRANSLATION` when the body is no JSON or has no such form.
 */
export function translateMessage({ envelope, body }: Message, contentType: string, write: BodyWriter): Message {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body))
    return { envelope: { ...envelope, dataContentType: contentType }, body: write(value) }
  } catch (cause) {
    throw new PortreeveError('PRV_CORE_TRANSLATION', { type: envelope.type, contentType }, { cause })
  }
}
