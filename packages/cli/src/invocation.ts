import type { Command } from 'commander'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import type { Look } from './render/look.ts'
import type { Terminal } from './terminal.ts'
import { commandLine } from './text/command-line.ts'
import { shellWord } from './text/shell-word.ts'
import { styleFor } from './text/style.ts'
import { table } from './text/table.ts'
import { textWidth } from './text/text-width.ts'
import { widthOf } from './text/width-of.ts'

/** Options that every command has. */
export interface CommonOptions {
  /** Folder that holds `broker.yaml`. */
  readonly config?: string
  readonly json?: true
}

/** Command lines to copy, and what each is for. */
type Examples = readonly (readonly [line: string, meaning: string])[]

/** One run of the program: its terminal, and what it will end with. */
export class Invocation {
  readonly terminal: Terminal
  exitCode: ExitCode = exitCodes.ok
  /** How the reader calls this program, and with which `--config`, if any: every next step that is printed begins and ends so. */
  program = 'portreeve'
  config: string | undefined

  constructor(terminal: Terminal) {
    this.terminal = terminal
  }

  /** How answers for people are to look, from now on. */
  get look(): Look {
    return {
      style: styleFor(this.terminal.colour),
      clock: { now: this.terminal.now() },
      width: textWidth(this.terminal),
      rowWidth: this.terminal.piped ? Number.POSITIVE_INFINITY : textWidth(this.terminal),
      typed: (command) =>
        `${this.program} ${command}${this.config === undefined ? '' : ` --config ${shellWord(this.config)}`}`,
    }
  }

  /** Adds the common options and the examples to a command. */
  describe(command: Command, examples: Examples): Command {
    return this.giveExamples(command, examples)
      .option('--config <folder>', 'folder that holds broker.yaml; default: $PORTREEVE_CONFIG, or ./config')
      .option('--json', 'answer in JSON: one document on standard output, errors on standard error')
      .option('--debug', 'on a fault, print where it happened')
  }

  /** Examples alone: for a command that only has commands of its own. */
  giveExamples(command: Command, examples: Examples): Command {
    const width = textWidth(this.terminal)
    const rows = examples.map(([line, meaning]) => [`$ ${line}`, meaning] as const)
    const fit = rows.filter(([line]) => widthOf(line) + 2 <= width)
    const long = rows.filter((row) => !fit.includes(row))
    const lines = [
      ...(fit.length > 0 ? [table(fit, { indent: '  ', width })] : []),
      ...long.map(([line, meaning]) => `${commandLine(line, { width, indent: '  ' })}\n      ${meaning}`),
    ].join('\n')
    return command.addHelpText('after', `\nExamples:\n${lines}`)
  }

  /** Answers: as JSON when that was asked for, else as text for people, which ends without a line break. */
  async answer(value: unknown, text: () => string, { json }: CommonOptions): Promise<void> {
    await this.terminal.out(json ? `${JSON.stringify(value, null, 2)}\n` : `${text()}\n`)
  }

  /** A remark beside the answer, for people only. */
  remark(text: string, { json }: CommonOptions): void {
    if (!json) this.terminal.err(`${text}\n`)
  }
}
