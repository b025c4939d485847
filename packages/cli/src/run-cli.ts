import { CommanderError } from 'commander'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { Invocation } from './invocation.ts'
import { buildProgram } from './program.ts'
import { reportError, usageError } from './report-error.ts'
import type { Terminal } from './terminal.ts'

/** Runs one command line, without the name of the program; resolves with the exit code, and never rejects. */
export async function runCli(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const invocation = new Invocation(terminal)
  const program = buildProgram(invocation)
  const options = { json: words.includes('--json'), debug: words.includes('--debug') }
  try {
    await program.parseAsync([...words], { from: 'user' })
    return invocation.exitCode
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportError(error, terminal, options)
    // Help ends this way too, and is already written: on standard error when it was not asked for.
    if (error.exitCode === 0) return exitCodes.ok
    if (error.code === 'commander.help') return exitCodes.wrongUse
    return reportError(usageError(error, words, program), terminal, options)
  }
}
