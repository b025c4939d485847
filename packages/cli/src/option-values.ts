import { InvalidArgumentError } from 'commander'

/** How many of a list are wanted. Throws commander's `InvalidArgumentError`. */
export function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1 || value > 1000) {
    throw new InvalidArgumentError('It must be a whole number from 1 to 1000.')
  }
  return value
}

/** Where the next page begins. Throws commander's `InvalidArgumentError`. */
export function place(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new InvalidArgumentError('Give the number that the last page told.')
  }
  return value
}
