import { type Branded, identifier } from './branded.ts'

/** Unique Property Reference Number, without leading zeros: two spellings of one property are one text. */
export type Uprn = Branded<'Uprn'>

/** BS7666-v2-0.xsd, UPRNtype: 1 to 999999999999. Some systems pad it to twelve digits. */
export const uprn = identifier<Uprn>({
  name: 'UPRN',
  pattern: /^[1-9][0-9]{0,11}$/,
  rule: 'a whole number from 1 to 999999999999 (BS7666-v2-0, UPRNtype).',
  normalise: (text) => text.trim().replace(/^0+/, ''),
})
