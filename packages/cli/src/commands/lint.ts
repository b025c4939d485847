import { Command } from 'commander'
import { lintConfiguration } from '../configured.ts'
import { exitCodes } from '../exit-codes.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { renderLint } from '../render/lint.ts'

interface LintOptions extends CommonOptions {
  /** `false` with `--no-secrets`. */
  readonly secrets: boolean
}

export function lintCommand(invocation: Invocation): Command {
  const command = new Command('lint')
    .summary('say what is wrong with the configuration')
    .description(
      'Reads broker.yaml and the folders beside it and says what is wrong, with file, line and remedy. Starts nothing. That a secret is missing on this machine is a warning here, and an error for run and check.',
    )
    .option('--no-secrets', 'say nothing of secrets that this machine does not have')
    .action(async (options: LintOptions) => {
      const { folder, problems } = await lintConfiguration(
        { ...options, needsSecrets: options.secrets && 'warn' },
        invocation.terminal,
      )
      if (problems.some(({ severity }) => severity === 'error')) invocation.exitCode = exitCodes.problems
      await invocation.answer({ folder, problems }, () => renderLint(folder, problems, invocation.look), options)
    })
  return invocation.describe(command, [
    ['portreeve lint', 'the configuration in ./config'],
    ['portreeve lint --config /etc/portreeve --no-secrets', 'another one, on a machine without its secrets'],
  ])
}
