import type { Operations } from './operations.ts'

const names: Record<keyof Operations, true> = {
  status: true,
  search: true,
  track: true,
  deadLetters: true,
  deadLetter: true,
  retryDeadLetter: true,
  discardDeadLetter: true,
  check: true,
}

/** Every operation by name; the type above makes leaving one out an error. */
export const operationNames = Object.keys(names) as readonly (keyof Operations)[]
