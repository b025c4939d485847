import { type ErrorJson, isPortreeveError, PortreeveError } from '@portreeve/errors'
import type { CommanderError } from 'commander'
import { type ExitCode, exitCodeOf } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'
import { printable } from './text/printable.ts'
import { styleFor } from './text/style.ts'

export interface ReportOptions {
  readonly json: boolean
  readonly debug: boolean
}

/** Says on standard error what went wrong and what to do about it; answers with the exit code. */
export function reportError(error: unknown, terminal: Terminal, { json, debug }: ReportOptions): ExitCode {
  const told = isPortreeveError(error) ? error : unexpected(error)
  if (json) terminal.err(`${JSON.stringify({ error: told.toJSON() satisfies ErrorJson }, null, 2)}\n`)
  else {
    const { bad, faint } = styleFor(terminal.colour && terminal.live)
    terminal.err(`${bad(told.code)} ${printable(told.message)}\n${faint('What to do:')} ${printable(told.remedy)}\n`)
  }
  if (debug) terminal.err(traceOf(error))
  return exitCodeOf(told)
}

/** Commander's complaint as one of ours: wrong option, missing argument. */
export function usageError({ message, code }: CommanderError, words: readonly string[]): PortreeveError {
  const problem = message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.?\s*$/, '')
  const [command, sub] = words.filter((word) => !word.startsWith('-'))
  const known = code === 'commander.unknownCommand' ? [] : command === 'dead-letters' ? [command, sub] : [command]
  return new PortreeveError('PRV_CLI_USAGE', { problem, command: ['portreeve', ...known].filter(Boolean).join(' ') })
}

/** The text of a foreign error may hold anything: only its kind is told. */
function unexpected(error: unknown): PortreeveError {
  const code = error instanceof Error && 'code' in error ? ` ${String(error.code)}` : ''
  const what = error instanceof Error ? `${error.name}${code}` : typeof error
  return new PortreeveError('PRV_CLI_UNEXPECTED', { what }, { cause: error })
}

function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return `${String(error)}\n`
  return `${error.stack ?? error.message}\n${error.cause === undefined ? '' : `caused by ${traceOf(error.cause)}`}`
}
