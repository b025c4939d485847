import fc from 'fast-check'
import {
  nndrPrimaryDescriptions,
  nndrSecondaryDescriptions,
} from '../../adapters/valuebill/src/codes/nndr-description-codes.ts'
import { ctaxReasonTitles, nndrReasonTitles } from '../../adapters/valuebill/src/codes/reason-codes.ts'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const digits = '0123456789'
const lower = letters.toLowerCase()

/** What RestrictedStringType allows, white space included. */
export const restrictedCharacters = `${letters}${lower}${digits} \t\n\r~!"@#$%&'()*+,-./:;<=>?[\\]_{}^£€`
const descriptionCharacters = `${letters}${lower}${digits} :;<=>?@%&'()*+,-.`
const anyCharacters = `${restrictedCharacters}éÉŵŷ|\`–’“ \u00a0ßıſ\u2028\ud7ff\ufffd😀𝕏`

/**
 * Text over an alphabet; one in three has the least or the greatest length. `max` holds for UTF-16 units too, because
 * validators disagree whether a character beyond U+FFFF counts once or twice.
 */
export function text(characters: string, min: number, max: number): fc.Arbitrary<string> {
  const character = fc.constantFrom(...characters)
  const of = (least: number, most: number) =>
    fc.array(character, { minLength: least, maxLength: most }).map((parts) => fitting(parts.join(''), max))
  return fc.oneof(
    { weight: 4, arbitrary: of(min, Math.min(max, min + 18)) },
    { weight: 1, arbitrary: of(min, min) },
    { weight: 1, arbitrary: of(max, max) },
  )
}

function fitting(written: string, max: number): string {
  const cut = written.slice(0, max)
  return cut.isWellFormed() ? cut : `${cut.slice(0, -1)}x`
}

export const restricted = (min: number, max: number) => text(restrictedCharacters, min, max)
export const populated = (max: number) => text(anyCharacters, 1, max)
export const description = text(descriptionCharacters, 1, 90)

/** Whole numbers as people and programmes write them: zeros in front, a plus sign, white space around. */
export function integer(min: number, max: number): fc.Arbitrary<string> {
  const value = fc.oneof(fc.constantFrom(min, max), fc.integer({ min, max })).map(String)
  return fc
    .tuple(
      fc.constantFrom('', '', '', ' ', '\n\t'),
      fc.constantFrom('', '', '+'),
      fc.constantFrom('', '', '0', '000'),
      value,
    )
    .map(([space, sign, zeros, number]) =>
      number.startsWith('-') ? space + number + space : space + sign + zeros + number + space,
    )
}

export const date = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(
        '2024-02-29',
        '1993-04-01',
        '2000-02-29',
        '1900-02-28',
        '9999-12-31',
        '12026-01-31',
        '0001-01-01',
      ),
      fc
        .date({ min: new Date('1993-04-01'), max: new Date('2030-01-01'), noInvalidDate: true })
        .map((day) => day.toISOString().slice(0, 10)),
    ),
    fc.constantFrom('', '', '', 'Z', '+01:00', '-14:00', '+14:00'),
  )
  .map((parts) => parts.join(''))

export const dateTime = fc
  .tuple(
    fc.constantFrom('2026-03-29T01:30:00', '2024-02-29T23:59:59', '2026-01-01T00:00:00', '2026-06-30T24:00:00'),
    fc.constantFrom('', '', '.5', '.000', '.123456789'),
    fc.constantFrom('', '', 'Z', '+01:00', '-14:00'),
  )
  .map(([time, fraction, zone]) => time + (time.endsWith('24:00:00') ? '' : fraction) + zone)

export const rateableValue = fc.oneof(
  fc.constantFrom('1', '1.0', '1.00', '+16250.5', '0000016250.50', '999999999999.99', ' 16250.00 ', '1.', '12345.6'),
  fc.integer({ min: 1, max: 9_999_999 }).map((pounds) => `${pounds}.00`),
)

const outward = fc.tuple(
  fc.constantFrom('A', 'Z', 'QX', 'EC'),
  fc.constantFrom(...digits, 'R'),
  fc.constantFrom('', ...digits, ...letters),
)
const inwardLetter = fc.constantFrom(...'ABDEFGHJLNPQRSTUWXYZ')
/** Every form that the pattern takes; none of the outward parts is in use. */
export const postcode = fc
  .tuple(outward, fc.constantFrom(...digits), inwardLetter, inwardLetter)
  .map(([out, digit, first, last]) => `${out.join('')} ${digit}${first}${last}`)

export const telephone = text(`${digits} -`, 1, 20)
export const extension = text(digits, 1, 6)
export const countryCode = text(digits, 1, 3)
export const suffix = fc.constantFrom(...letters)
export const band = fc.constantFrom(...'ABCDEFGHI')
export const currency = fc.constantFrom('GBP', 'EUR')
export const yesNo = fc.constantFrom('yes', 'no')
export const workHome = fc.constantFrom('work', 'home')

/** Codes are tokens: white space around them does not count. */
const token = (codes: Iterable<string>) =>
  fc
    .tuple(fc.constantFrom(...codes), fc.constantFrom('', '', '', ' ', '\n'))
    .map(([code, space]) => space + code + space)
export const ctaxReason = token(ctaxReasonTitles.keys())
export const nndrReason = token(nndrReasonTitles.keys())
export const primaryDescription = token(nndrPrimaryDescriptions.keys())
export const secondaryDescription = token(nndrSecondaryDescriptions.keys())
