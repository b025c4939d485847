import { type ErrorJson, isPortreeveError, PortreeveError } from '@portreeve/errors'
import type { Command, CommanderError } from 'commander'
import { journalPrefix } from './event-level.ts'
import { type ExitCode, exitCodeOf } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'
import { printable } from './text/printable.ts'
import { styleFor } from './text/style.ts'
import { textWidth } from './text/text-width.ts'
import { wrap } from './text/wrap.ts'

export interface ReportOptions {
  readonly json: boolean
  readonly debug: boolean
}

/** Says on standard error what went wrong and what to do about it; answers with the exit code. */
export function reportError(error: unknown, terminal: Terminal, { json, debug }: ReportOptions): ExitCode {
  const told = isPortreeveError(error) ? error : unexpected(error)
  if (json) terminal.err(jsonOf(told.toJSON(), terminal))
  else {
    const { bad, faint } = styleFor(terminal.colour && terminal.live)
    // A log keeps an error on two lines, to be searched; a person gets it as wide as the window.
    const width = terminal.live ? textWidth(terminal) : Number.POSITIVE_INFINITY
    const what = wrap(`${bad(told.code)} ${printable(told.message)}`, { width, hanging: '  ' })
    terminal.err(`${what}\n${wrap(`${faint('What to do:')} ${printable(told.remedy)}`, { width, hanging: '  ' })}\n`)
  }
  if (debug) terminal.err(traceOf(error))
  return exitCodeOf(told)
}

/** A log keeps it on one line. */
function jsonOf(error: ErrorJson, { live, environment }: Terminal): string {
  return `${journalPrefix('err', environment, 2)}${JSON.stringify({ error }, null, live ? 2 : 0)}\n`
}

/** Commander's complaint as one of ours: wrong option, missing argument. */
export function usageError(
  { message, code }: CommanderError,
  words: readonly string[],
  program: Command,
): PortreeveError {
  const problem = message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.?\s*$/, '')
  return new PortreeveError('PRV_CLI_USAGE', {
    problem,
    command: commandMeant(program, words, code === 'commander.unknownCommand'),
  })
}

/** The command whose help tells more: the deepest that the words name, down to a word that no command has. */
function commandMeant(program: Command, words: readonly string[], hasUnknown: boolean): string {
  const names = [program.name()]
  let at = program
  for (const word of words.filter((each) => !each.startsWith('-'))) {
    const next = at.commands.find((command) => command.name() === word)
    if (next) {
      names.push(next.name())
      at = next
    } else if (hasUnknown) break
  }
  return names.join(' ')
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
