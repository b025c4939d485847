import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'
import { named } from '../named.ts'
import { populatedText } from '../text.ts'

const value = Type.Object(
  {
    name: populatedText('As the template calls it.', 'Portreeve'),
    text: Type.String({ description: 'What stands in its place; may come from outside. Portreeve.' }),
  },
  { additionalProperties: false, title: 'TemplateValue', description: 'A value for the template. Portreeve.' },
)

/** Body of `notification.email.requested`: an e-mail is to be written from a template and sent. */
export const emailRequestedSchema = Type.Object(
  {
    template: Type.String({ pattern: '^[a-z][a-z0-9-]{0,59}$', description: 'Name of the template. Portreeve.' }),
    to: Type.Array(populatedText('An address.', 'ContactTypes-v1-3, EmailAddress'), {
      minItems: 1,

      description: 'Who gets it, each an e-mail of their own. Portreeve.',
    }),
    values: Type.Array(value, { description: 'What the template is filled with. Portreeve.' }),
  },
  {
    ...named('EmailRequested', 1),
    additionalProperties: false,
    description: 'An e-mail is to be sent.',
  },
)

export type EmailRequested = Immutable<Static<typeof emailRequestedSchema>>
