import { type Branded, identifier } from './branded.ts'

/** Unique Street Reference Number, without leading zeros. */
export type Usrn = Branded<'Usrn'>

/** BS7666-v2-0.xsd, USRNtype: 1 to 99999999. */
export const usrn = identifier<Usrn>({
  name: 'USRN',
  pattern: /^[1-9][0-9]{0,7}$/,
  rule: 'a whole number from 1 to 99999999 (BS7666-v2-0, USRNtype).',
  normalise: (text) => text.trim().replace(/^0+/, ''),
})
