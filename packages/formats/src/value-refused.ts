import type { Problem } from './problem.ts'

/** A value cannot be written in this format as it is; nothing was written. */
export class ValueRefused extends Error {
  override readonly name = 'ValueRefused'
  readonly problems: readonly [Problem, ...Problem[]]

  constructor(problems: readonly [Problem, ...Problem[]]) {
    super(problems[0].sentence)
    this.problems = problems
  }
}
