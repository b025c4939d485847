import { alphabet, base, words } from './alphabet.ts'
import { checkDigit } from './check-digit.ts'
import { scatter } from './scatter.ts'

/** Characters of a reference without its dashes: eight, and twelve when all of these are used up. */
export const referenceLengths = [8, 12] as const

/** How many numbers have eight characters: 17^7. */
export const shortReferences = base ** 7
/** How many have twelve: 17^11. */
export const longReferences = base ** 11

const groupLength = 4

/**
 * What people are given for message `sequence` (a whole number from 0): eight characters such as `9WKC-4X7M`, from the
 * 410,338,673rd on twelve. One to one: two numbers never share a reference. The first character is the check character.
 */
export function referenceNumber(sequence: number): string {
  if (!Number.isSafeInteger(sequence) || sequence < 0 || sequence >= shortReferences + longReferences) {
    throw new TypeError(`A reference number is made from a whole number below 17^7 + 17^11, not from ${sequence}`)
  }
  const digits = sequence < shortReferences ? digitsOf(sequence, 7) : digitsOf(sequence - shortReferences, 11)
  scatter(digits)
  digits.unshift(checkDigit(digits))
  return grouped(digits.map((digit) => alphabet.charAt(digit)).join(''))
}

/** As it is read out: `nine Whiskey Kilo Charlie, four X-ray seven Mike`. Takes what `referenceNumber` gives. */
export function spellReference(reference: string): string {
  return reference
    .split('-')
    .map((group) => [...group].map((character) => words[character] ?? character).join(' '))
    .join(', ')
}

export function grouped(characters: string): string {
  let text = characters.slice(0, groupLength)
  for (let start = groupLength; start < characters.length; start += groupLength) {
    text += `-${characters.slice(start, start + groupLength)}`
  }
  return text
}

function digitsOf(sequence: number, length: number): number[] {
  const digits: number[] = []
  let rest = sequence
  for (let place = 0; place < length; place++) {
    digits.push(rest % base)
    rest = Math.floor(rest / base)
  }
  return digits
}
