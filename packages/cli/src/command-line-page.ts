import type { Command } from 'commander'
import { exitCodeMeanings } from './exit-codes.ts'
import { Invocation } from './invocation.ts'
import { buildProgram, withSubcommands } from './program.ts'
import type { Terminal } from './terminal.ts'

/** `docs/how-to/command-line.md`, but for its notice: how the command is used, and the help of every command. */
export function commandLinePage(): string {
  const [program, ...commands] = visible(buildProgram(new Invocation(nowhere)))
  if (!program) throw new TypeError('the program has no commands')
  return `${[introduction, '## Exit codes', exitCodes(), '## Commands', help(program), ...commands.flatMap(section)].join('\n\n')}\n`
}

const introduction = `# The command line

\`portreeve\` is the one command of the product. In a clone it is called as \`npm run -s portreeve -- <command>\`; the
examples below leave that out.

- **Which broker is meant** is said by the folder that holds its \`broker.yaml\`: \`--config <folder>\`, else the environment
  variable \`PORTREEVE_CONFIG\`, else \`./config\`. \`validate\` and \`list adapters\` do without one.
- **A broker need not run** for \`track\`, \`list\`, \`status\`, \`dead-letters\` and \`check --data\`: they ask the running one over
  a socket in its data folder, or read the folder themselves when none runs. They need none of its secrets.
- **\`--json\`** makes the answer one JSON document on standard output, and an error one on standard error:
  \`{"error": {"code", "message", "remedy", "details"}}\`. \`run\` writes one document a line, for each event.
- **Errors** begin with a code, such as \`PRV_CLI_NO_CONFIGURATION\`, and end with what to do. [errors.md](../errors.md)
  lists them all.
- **Colours** are used on a terminal only, and not where \`NO_COLOR\` is set. Times are those of your time zone; JSON has UTC.
- **References** such as \`9R3R-L632\` may be typed in any case, with or without dashes; a slip of the finger is noticed.`

function section(command: Command): readonly string[] {
  return [`### ${pathOf(command).join(' ')}`, help(command)]
}

function help(command: Command): string {
  const parts: string[] = []
  command.configureOutput({ ...command.configureOutput(), writeOut: (part) => void parts.push(part) }).outputHelp()
  return `\`\`\`text\n$ ${[...pathOf(command), '--help'].join(' ')}\n${parts.join('').trimEnd()}\n\`\`\``
}

function exitCodes(): string {
  const rows = exitCodeMeanings.map(([code, meaning]) => `| ${code} | ${meaning} |`)
  const note =
    '`lint` and `check` answer 1 when they find something: 3 is for a command that cannot work because of it.'
  return ['| Code | Meaning |', '|---|---|', ...rows, '', note].join('\n')
}

function pathOf(command: Command): readonly string[] {
  return command.parent ? [...pathOf(command.parent), command.name()] : [command.name()]
}

function visible(program: Command): readonly Command[] {
  const shown = program.createHelp().visibleCommands(program)
  return [program, ...shown.filter((command) => command.name() !== 'help').flatMap(withSubcommands)]
}

/** Help needs no surroundings. */
const nowhere: Terminal = {
  out: async () => {},
  err: () => {},
  colour: false,
  live: false,
  columns: 80,
  environment: {},
  workingFolder: '.',
  now: () => new Date(0),
}
