/**
 * CommonSimpleTypes-v1-3.xsd, RestrictedStringType, as the inside of a character class: no accents, no bar, no backtick. Its
 * `\s` is XSD's, which knows four kinds of white space.
 */
export const restrictedCharacters = 'A-Za-z0-9 \\t\\n\\r~!"@#$%&\'()*+,\\-./:;<=>?\\[\\\\\\]_{}^£€'

const foreign = new RegExp(`[^${restrictedCharacters}]`, 'u')

/** The first character of a text that the VOA does not take, or `undefined`. */
export function foreignCharacter(text: string): string | undefined {
  return foreign.exec(text)?.[0]
}
