import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'
import { populatedText } from '../text.ts'

/** One of several persons whom a system may mean. */
export const candidateSchema = Type.Object(
  {
    personReference: populatedText("The system's own reference of the person.", 'Portreeve'),
    description: populatedText('What tells this person from the others. Personal data.', 'Portreeve'),
  },
  { additionalProperties: false, title: 'Candidate', description: 'A person who may be meant. Portreeve.' },
)

export type Candidate = Immutable<Static<typeof candidateSchema>>
