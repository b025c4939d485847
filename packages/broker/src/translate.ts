import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import { translateMessage } from '@portreeve/core'
import type { Message } from '@portreeve/envelope'
import { writeXml, XmlElement } from '@portreeve/formats'
import { emitJsonSchema, type JsonSchema, messageSchemas, toXml } from '@portreeve/model'

const schemas = new Map<string, JsonSchema>(
  Object.entries(messageSchemas).map(([type, schema]) => [type, emitJsonSchema(schema)]),
)

/**
 * Message Translator at the door of a receiver: the canonical message as JSON or as XML, as its declaration says. Throws
 * `PRV_CORE_TRANSLATION` when the body has no such form.
 */
export function inAcceptedForm(
  message: Message,
  { acceptsContentType = 'application/json' }: Pick<AdapterDeclaration, 'acceptsContentType'>,
): Message {
  const { type, dataContentType } = message.envelope
  const schema = schemas.get(type)
  if (dataContentType === acceptsContentType || !schema) return message
  return translateMessage(message, acceptsContentType, (value) =>
    writeXml(toXml(schema, value, (...parts: ConstructorParameters<typeof XmlElement>) => new XmlElement(...parts))),
  )
}
