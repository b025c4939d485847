import { type Branded, identifier } from './branded.ts'

/** Upper case, one space before the last three characters. */
export type Postcode = Branded<'Postcode'>

/**
 * BS7666-v2-0.xsd, PostCodeType. Its last class `[A-Z-[CIKMOV]]` is a subtraction in XSD, a union in Java and something
 * else in JavaScript: it is written out here. `GIR 0AA` passes.
 */
export const postcode = identifier<Postcode>({
  name: 'Postcode',
  pattern: /^[A-Z]{1,2}[0-9R][0-9A-Z]? [0-9][ABD-HJLNP-UW-Z]{2}$/,
  rule: 'outward and inward code such as SW1A 2AA; the last two letters are none of CIKMOV (BS7666-v2-0, PostCodeType).',
  normalise: (text) =>
    text
      .toUpperCase()
      .replace(/\s+/g, '')
      .replace(/(?=...$)/, ' '),
})
