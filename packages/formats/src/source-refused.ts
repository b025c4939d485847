import type { Problem } from './problem.ts'

/** The source as a whole cannot be read; no record of it may be used. */
export class SourceRefused extends Error {
  override readonly name = 'SourceRefused'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.sentence)
    this.problem = problem
  }
}
