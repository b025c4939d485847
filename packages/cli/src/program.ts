import { Command, Help } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { adapterCommand } from './commands/adapter.ts'
import { applyCommand } from './commands/apply.ts'
import { backupCommand } from './commands/backup.ts'
import { boroughCommand } from './commands/borough.ts'
import { checkCommand } from './commands/check.ts'
import { correctCommand } from './commands/correct.ts'
import { deadLettersCommand } from './commands/dead-letters.ts'
import { approveCommand, rejectCommand } from './commands/decide.ts'
import { diffCommand } from './commands/diff.ts'
import { keyCommand } from './commands/key.ts'
import { lintCommand } from './commands/lint.ts'
import { listCommand } from './commands/list.ts'
import { replayCommand } from './commands/replay.ts'
import { resolveCommand } from './commands/resolve.ts'
import { runCommand } from './commands/run.ts'
import { sendCommand } from './commands/send.ts'
import { statusCommand } from './commands/status.ts'
import { testCommand } from './commands/test.ts'
import { trackCommand } from './commands/track.ts'
import { transactionsCommand } from './commands/transactions.ts'
import { tryCommand } from './commands/try.ts'
import { validateCommand } from './commands/validate.ts'
import { exitCodeMeanings } from './exit-codes.ts'
import type { CommonOptions, Invocation } from './invocation.ts'
import { table } from './text/table.ts'
import { textWidth } from './text/text-width.ts'

/** Every command, bound to one run. Nothing is loaded that a command does not need: the broker comes with its first use. */
export function buildProgram(invocation: Invocation): Command {
  const program = new Command('portreeve')
    .description(
      'Joins the systems of a council together: takes files and messages in, checks them, delivers them, and can say what became of each.',
    )
    .usage('<command> [options]')
    .enablePositionalOptions()
    .version(manifest.version, '--version', 'show which version this is')
    .addHelpText('after', overview(textWidth(invocation.terminal)))
  const commands = [
    runCommand(invocation).helpGroup('At work:'),
    sendCommand(invocation).helpGroup('At work:'),
    applyCommand(invocation).helpGroup('At work:'),
    backupCommand(invocation).helpGroup('At work:'),
    validateCommand(invocation).helpGroup('Before:'),
    lintCommand(invocation).helpGroup('Before:'),
    testCommand(invocation).helpGroup('Before:'),
    tryCommand(invocation).helpGroup('Before:'),
    diffCommand(invocation).helpGroup('Before:'),
    checkCommand(invocation).helpGroup('Before:'),
    keyCommand(invocation).helpGroup('Before:'),
    adapterCommand(invocation).helpGroup('Before:'),
    trackCommand(invocation).helpGroup('After:'),
    listCommand(invocation).helpGroup('After:'),
    statusCommand(invocation).helpGroup('After:'),
    deadLettersCommand(invocation).helpGroup('After:'),
    replayCommand(invocation).helpGroup('After:'),
    transactionsCommand(invocation).helpGroup('Deciding about transactions:'),
    approveCommand(invocation).helpGroup('Deciding about transactions:'),
    correctCommand(invocation).helpGroup('Deciding about transactions:'),
    rejectCommand(invocation).helpGroup('Deciding about transactions:'),
    resolveCommand(invocation).helpGroup('Deciding about transactions:'),
  ]
  for (const command of commands) program.addCommand(command)
  program.addCommand(boroughCommand(invocation), { hidden: true })
  program.helpCommand('help [command]', 'show what a command takes').helpOption('--help', 'show this')
  for (const command of withSubcommands(program)) prepare(command, invocation)
  program.hook('preAction', (_program, command) => {
    invocation.config = command.opts<CommonOptions>().config
  })
  return program
}

/** Commands below and the command itself. */
export function withSubcommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)]
}

function prepare(command: Command, { terminal }: Invocation): void {
  command
    .exitOverride()
    .helpOption('--help', 'show this')
    .configureOutput({
      // Help is short: that the pipe is full need not be waited for.
      writeOut: (text) => void terminal.out(text),
      writeErr: terminal.err,
      // Usage errors are told with a code and a remedy by reportError.
      outputError: () => {},
    })
  command.createHelp = () => Object.assign(new Help(), { helpWidth: textWidth(terminal), minWidthToWrap: 24 })
}

const firstSteps = [
  ['$ portreeve validate valuebill reports.xml', 'what the VOA would refuse or correct, without sending anything'],
  ['$ portreeve lint --config config', 'what is wrong with the configuration, with line and remedy'],
  ['$ portreeve run --config config', 'the broker at work, until Ctrl-C'],
  ['$ portreeve track 9R3R-L632', 'what became of it'],
] as const

function overview(width: number): string {
  const codes = exitCodeMeanings.map(([code, meaning]) => [String(code), meaning])
  return `
First steps:
${table(firstSteps, { indent: '  ', width })}

Exit codes:
${table(codes, { right: [0], indent: '  ', width })}`
}
