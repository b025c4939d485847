import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import type { Message } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import { writeXml, XmlElement } from '@portreeve/formats'
import { emitJsonSchema, type JsonSchema, messageSchemas, toXml } from '@portreeve/model'

const schemas = new Map<string, JsonSchema>(
  Object.entries(messageSchemas).map(([type, schema]) => [type, emitJsonSchema(schema)]),
)

/**
 * Message Translator at the door of a receiver: the canonical message as JSON or as XML, as its declaration says. Throws
 * `PRV_BROKER_TRANSLATION` when the body has no such form.
 */
export function inAcceptedForm(
  message: Message,
  { acceptsContentType = 'application/json' }: Pick<AdapterDeclaration, 'acceptsContentType'>,
): Message {
  const { envelope, body } = message
  const schema = schemas.get(envelope.type)
  if (envelope.dataContentType === acceptsContentType || !schema) return message
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body))
    const root = toXml(schema, value, (...parts: ConstructorParameters<typeof XmlElement>) => new XmlElement(...parts))
    return { envelope: { ...envelope, dataContentType: acceptsContentType }, body: writeXml(root) }
  } catch (cause) {
    throw new PortreeveError(
      'PRV_BROKER_TRANSLATION',
      { type: envelope.type, contentType: acceptsContentType },
      { cause },
    )
  }
}
