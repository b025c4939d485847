import type { Command } from 'commander'
import { exitCodeMeanings } from './exit-codes.ts'
import { Invocation } from './invocation.ts'
import { buildProgram, withSubcommands } from './program.ts'
import type { Terminal } from './terminal.ts'

/** `docs/how-to/command-line.md`, but for its notice: how the command is used, and the help of every command. */
export function commandLinePage(): string {
  const [program, ...commands] = visible(buildProgram(new Invocation(nowhere)))
  if (!program) throw new TypeError('the program has no commands')
  return `${[introduction, '## Exit codes', exitCodes(), states, '## Commands', help(program), ...commands.flatMap(section)].join('\n\n')}\n`
}

const introduction = `# The command line

\`portreeve\` is the one command of the product. In a clone it is called as \`npm run -s portreeve -- <command>\`; the
examples below leave that out.

- **Which broker is meant** is said by the folder that holds its \`broker.yaml\`: \`--config <folder>\`, else the environment
  variable \`PORTREEVE_CONFIG\`, else \`./config\`. \`validate\` and \`list adapters\` do without one.
- **A broker need not run** for \`track\`, \`list\`, \`status\`, \`dead-letters\`, \`transactions\`, what decides about them, and
  \`check --data\`: they ask the running one over a socket in its data folder, or read the folder themselves when none runs. They
  need none of its secrets.
- **\`--json\`** makes the answer one JSON document on standard output, and an error one on standard error:
  \`{"error": {"code", "message", "remedy", "details"}}\`. \`run\` writes one document a line, for each event.
- **Errors** begin with a code, such as \`PRV_CLI_NO_CONFIGURATION\`, and end with what to do. [errors.md](../errors.md)
  lists them all.
- **Colours** are used on a terminal only, and not where \`NO_COLOR\` is set. Times are those of your time zone; JSON has UTC.
- **References** such as \`9R3R-L632\` may be typed in any case, with or without dashes; a slip of the finger is noticed.`

const states = `## States

A message stands with each of its receivers in one of these states; of a message with several receivers the most pressing
one is told.

| State | Meaning |
|---|---|
| recorded | nobody is to be sent it: that it was taken is all; a file that was split is so, its reports have states of their own |
| waiting | it goes with one of the next batches, or is tried again |
| delivered | the receiver has it; with the receiver's own reference for it, where there is one |
| refused | the receiver will not have it as it is, or it was refused here, as a file or a report; \`track\` says why. A file or a report is to be put right at its source; what a process asked of a system waits for a person: \`transactions\` |
| unknown | it was sent, and the receiver has not said whether it took it; it is asked before anything is sent again |
| parked | a dead letter, which waits for a person, or behind one |
| discarded | a person decided that it is not to be sent, and said why |
| not-concerned | a filter of the route left it out |

**A dead letter arises** when the adapter cannot make anything of a message, such as a body that it cannot read, or fails on the
same message again and again; and when it stays unknown whether the receiver took it, because it cannot be asked or never
says. Later messages of the same key (the same property, for reports) wait behind it, in order, for that receiver only.
That another system is down or busy, or refuses a report by its own rules, makes no dead letter: the first is tried again,
the second is \`refused\` and answered to whoever sent it. \`portreeve dead-letters\` lists, shows, edits,
retries and discards.

A **transaction** that a process handles stands with each system in a state of its own, which \`track\` tells:

| State | Meaning |
|---|---|
| waiting | it is asked, or is to be: once somebody has decided, or once an earlier change of the same person is through |
| delivered | the system has it, with its own reference for it; it has not confirmed yet, or never does |
| confirmed | the system said that it is done, or a person has put it right there by hand |
| needs a person | nobody there matches, or several do; it refused; or it has not confirmed in time |
| not concerned | it was not to be told |
| not told | the transaction was rejected |

[decide-about-a-transaction.md](decide-about-a-transaction.md) says what a person can do about it.`

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
    "`lint` and `check` answer 1 when they find something: 3 is for a command that cannot work because of it. `run` that one Ctrl-C stopped in order ends with 0; started through npm it ends with 130 all the same, which is npm's own."
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
  columns: 100,
  environment: {},
  workingFolder: '.',
  now: () => new Date(0),
}
