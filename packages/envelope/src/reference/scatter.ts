import { base } from './alphabet.ts'

const rounds = 3

/**
 * Spreads numbers that follow each other over the whole range, one to one: in each step one digit is moved by a function
 * of all the others, which `gather` can take back (a Feistel network over the field of seventeen elements). It hides how
 * many messages there are from a casual look; it is no secret.
 */
export function scatter(digits: number[]): void {
  for (let step = 0; step < rounds * digits.length; step++) {
    const place = step % digits.length
    digits[place] = ((digits[place] ?? 0) + push(digits, place, step)) % base
  }
}

/** The way back. */
export function gather(digits: number[]): void {
  for (let step = rounds * digits.length - 1; step >= 0; step--) {
    const place = step % digits.length
    digits[place] = ((digits[place] ?? 0) + base - push(digits, place, step)) % base
  }
}

/** Cubing maps the field onto itself and is not linear, so equal differences do not stay equal. */
function push(digits: readonly number[], place: number, step: number): number {
  let sum = 5 * step + 1
  for (let other = 0; other < digits.length; other++) {
    if (other !== place) sum += (other + step + 2) * (digits[other] ?? 0)
  }
  const element = sum % base
  return (element * element * element) % base
}
