import { type Branded, identifier } from './branded.ts'

/** Government Statistical Service code of an area, such as that of a council. */
export type GssCode = Branded<'GssCode'>

/** ONS coding and naming policy: country letter, two digits of the entity, six of the instance. */
export const gssCode = identifier<GssCode>({
  name: 'GSS code',
  pattern: /^[A-Z][0-9]{8}$/,
  rule: 'one letter and eight digits (ONS coding and naming policy).',
  normalise: (text) => text.trim().toUpperCase(),
})
