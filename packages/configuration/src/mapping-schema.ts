import { mappingLanguages } from '@portreeve/mappings'
import Type, { type Static } from 'typebox'
import { messageType } from './schema.ts'

const closed = { additionalProperties: false }
const type = (description: string) => Type.String({ pattern: messageType, description })
const file = (description: string) =>
  Type.String({
    pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*$',
    maxLength: 200,
    description: `${description} A file in mappings/ or below it.`,
  })

const OwnShape = Type.Object(
  {
    name: type('What it is called, in three words with dots: the type of the message that the receiver is given.'),
    schemaFile: Type.Optional(file('JSON Schema (.json) or XML Schema (.xsd) of it. Absent: it is not checked.')),
  },
  closed,
)

const Example = Type.Object(
  {
    given: file('A message of the type that is mapped, as JSON.'),
    expect: Type.Optional(file('What is to come out. JSON is compared as values, all else letter by letter.')),
  },
  closed,
)

/** `mappings/<name>.yaml`: a Message Translator as data. */
export const MappingFile = Type.Object(
  {
    from: type('Canonical type of the messages that it maps.'),
    to: Type.Union([type('Canonical type of what it makes.'), OwnShape], {
      description: "What it makes: a canonical type, or a shape of the council's own.",
    }),
    language: Type.Enum(mappingLanguages, {
      type: 'string',
      description: 'jsonata: maps the JSON form. xslt: XSLT 1.0, maps the XML form of schemas/canonical/*.xsd.',
    }),
    script: Type.Optional(Type.String({ minLength: 1, description: 'The script itself.' })),
    scriptFile: Type.Optional(file('The script, in a file of its own.')),
    examples: Type.Optional(
      Type.Array(Example, { minItems: 1, description: 'Messages to try it on: portreeve lint does.' }),
    ),
  },
  closed,
)
export type MappingFile = Static<typeof MappingFile>
