import { base } from './alphabet.ts'

/** A primitive root of 17: its first sixteen powers are all different, and none is 0. */
const root = 3

/**
 * The digit that, put in front, makes the weighted sum 0 modulo the base. Weights are nonzero and differ from place to
 * place, up to sixteen places, and the modulus is prime: so every single wrong digit and every swap of two digits,
 * neighbours or not, the check digit among them, is noticed.
 */
export function checkDigit(digits: readonly number[]): number {
  return (base - weightedSum(digits, 1)) % base
}

/** `digits` begin with the check digit. */
export function checks(digits: readonly number[]): boolean {
  return weightedSum(digits, 0) === 0
}

function weightedSum(digits: readonly number[], firstPlace: number): number {
  let sum = 0
  let weight = firstPlace === 0 ? 1 : root
  for (const digit of digits) {
    sum = (sum + weight * digit) % base
    weight = (weight * root) % base
  }
  return sum
}
