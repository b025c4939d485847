import {
  type Attribute,
  egmsHeaders,
  historyHeader,
  optionalAttributes,
  requiredAttributes,
  requiredNames,
} from './attributes.ts'

/** JSON Schema (2020-12) of an `Envelope`, made from the table that the codec works by. */
export function envelopeSchema(): Readonly<Record<string, unknown>> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://portreeve.example/schemas/envelope/1',
    title: 'Envelope',
    description:
      'Envelope Wrapper of a message: CloudEvents 1.0 attributes and ours. In a record each one is a header.',
    type: 'object',
    properties: {
      ...propertiesOf(requiredAttributes),
      ...propertiesOf(optionalAttributes),
      egms: egmsSchema(),
      history: {
        type: 'array',
        minItems: 1,
        items: { type: 'string', pattern: '^[^,]+$' },
        description: `Message History, oldest step first: <step>@<time>. Header ${historyHeader}, joined by commas.`,
      },
    },
    required: requiredNames,
    additionalProperties: false,
  }
}

function propertiesOf(attributes: Readonly<Record<string, Attribute>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { header, description, pattern }]) => [
      name,
      {
        type: 'string',
        ...(pattern ? { pattern: pattern.source } : { minLength: 1 }),
        description: `${description} Header ${header}.`,
      },
    ]),
  )
}

function egmsSchema(): Record<string, unknown> {
  const names = Object.entries(egmsHeaders)
  return {
    type: 'object',
    description: 'e-GMS 3.1: mandatory elements that CloudEvents has no word for.',
    properties: Object.fromEntries(
      names.map(([name, header]) => [name, { type: 'string', minLength: 1, description: `Header ${header}.` }]),
    ),
    required: names.map(([name]) => name),
    additionalProperties: false,
  }
}
