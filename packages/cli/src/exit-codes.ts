import { isPortreeveError } from '@portreeve/errors'

/** What `portreeve` ends with. */
export const exitCodes = {
  ok: 0,
  problems: 1,
  wrongUse: 2,
  badConfiguration: 3,
  unreachable: 4,
  unexpected: 70,
  stoppedAtOnce: 130,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** In words, for `--help`. */
export const exitCodeMeanings: readonly (readonly [ExitCode, string])[] = [
  [exitCodes.ok, 'done, and nothing is wrong'],
  [exitCodes.problems, 'something would be refused, is not known, or problems were found'],
  [exitCodes.wrongUse, 'the command was used wrongly'],
  [exitCodes.badConfiguration, 'the configuration is missing or has errors'],
  [exitCodes.unreachable, 'a file, a folder, the broker or another system cannot be read, opened or reached'],
  [exitCodes.unexpected, 'something unforeseen'],
  [exitCodes.stoppedAtOnce, 'stopped at once: by a second Ctrl-C, or when a stop took more than 30 seconds'],
]

/** An error's exit code follows from its code and the catalogue's HTTP status. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!isPortreeveError(error) || error.code.endsWith('_UNEXPECTED')) return exitCodes.unexpected
  if (error.code.startsWith('PRV_CONFIGURATION_') || error.code === 'PRV_CLI_NO_CONFIGURATION') {
    return exitCodes.badConfiguration
  }
  if (error.status === 400) return exitCodes.wrongUse
  return error.status < 500 ? exitCodes.problems : exitCodes.unreachable
}
