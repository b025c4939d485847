import { shownPath } from '@portreeve/endpoints'
import { type ErrorCode, isPortreeveError, PortreeveError } from '@portreeve/errors'
import { type Problem, SourceRefused } from '@portreeve/formats'

/** A record that cannot be read spoils its file. Which value it has is told nobody: it may be a person's. */
export function fromProblem({ line = 1, path, rule }: Problem, file: string): PortreeveError {
  const column = path.split('/').at(2) ?? 'the whole'
  return new PortreeveError('PRV_REGISTERS_FILE', { file: shownPath(file), line, column, rule })
}

/** What reading a file met, in our words; what is in our words already, and what nobody expected, as it is. */
export function fromReadFault(fault: unknown, file: string): unknown {
  return fault instanceof SourceRefused ? fromProblem(fault.problem, file) : fault
}

const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['PRV_ENDPOINTS_FILE_CHANGED', 'PRV_ENDPOINTS_STOPPED'])

/** Whether the same file may be read when it is tried again. */
export function isPassing(fault: unknown): boolean {
  return !isPortreeveError(fault) || passing.has(fault.code) || fault.code.startsWith('PRV_ENDPOINTS_FILE_')
}
