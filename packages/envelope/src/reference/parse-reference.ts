import { PortreeveError } from '@portreeve/errors'
import { alphabet, base } from './alphabet.ts'
import { checks } from './check-digit.ts'
import { grouped, referenceLengths, shortReferences } from './reference-number.ts'
import { gather } from './scatter.ts'

/** What may stand between the characters: blanks, and whatever dash a word processor makes of one. */
const separators = /[\s\p{Dash}._/]+/gu

/**
 * Reads a reference as people write it: any case, blanks and dashes anywhere. Gives it as `referenceNumber` does.
 * Throws PRV_ENVELOPE_REFERENCE; its `fault` is `empty`, `character` (with `place`, from 1), `length` or `check`.
 */
export function parseReference(text: string): string {
  return grouped(
    digitsIn(text)
      .map((digit) => alphabet.charAt(digit))
      .join(''),
  )
}

/** The number that the reference was made from. Throws as `parseReference` does. */
export function sequenceOf(reference: string): number {
  const digits = digitsIn(reference).slice(1)
  gather(digits)
  const sequence = digits.reduceRight((sum, digit) => sum * base + digit, 0)
  return digits.length === 7 ? sequence : sequence + shortReferences
}

function digitsIn(text: string): number[] {
  const characters = [...text.toUpperCase().replace(separators, '')]
  if (characters.length === 0) throw refused('empty', 'nothing was given')
  const digits = characters.map((character) => alphabet.indexOf(character))
  const place = digits.indexOf(-1) + 1
  if (place > 0) {
    throw refused('character', `character ${place}, "${characters[place - 1]}", never occurs in one`, { place })
  }
  if (!referenceLengths.some((length) => length === digits.length)) {
    throw refused('length', `it has ${digits.length} characters instead of ${referenceLengths.join(' or ')}`)
  }
  if (!checks(digits)) throw refused('check', 'a character of it is wrong, or two have changed places')
  return digits
}

function refused(fault: string, problem: string, where: { place?: number } = {}): PortreeveError {
  return new PortreeveError('PRV_ENVELOPE_REFERENCE', { fault, problem, ...where })
}
