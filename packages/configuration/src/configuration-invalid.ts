import { PortreeveError } from '@portreeve/errors'
import type { LintProblem } from './lint-problem.ts'

/** `PRV_CONFIGURATION_INVALID`, with the first of these problems that is an error. */
export function configurationInvalid(folder: string, problems: readonly LintProblem[]): PortreeveError {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const [first] = errors
  return new PortreeveError('PRV_CONFIGURATION_INVALID', {
    folder,
    errors: errors.length,
    count: errors.length === 1 ? '1 error' : `${errors.length} errors`,
    first: first
      ? `${first.place.file}:${first.place.line}:${first.place.column} ${first.sentence} ${first.remedy}`
      : '',
  })
}
