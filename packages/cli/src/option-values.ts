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

/** A time as RFC 3339 in UTC: a day, or a time of a day, of this machine's zone unless it says which. Throws commander's `InvalidArgumentError`. */
export function moment(text: string): string {
  const isTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/.test(text)
  const date = new Date(text.length === 10 ? `${text}T00:00` : text)
  if (isTime && !Number.isNaN(date.getTime())) return date.toISOString()
  throw new InvalidArgumentError('Write a day or a time, such as 2026-03-04 or 2026-03-04T14:00.')
}
