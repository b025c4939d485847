import { isPortreeveError, type PortreeveError } from '@portreeve/errors'
import { Command, InvalidArgumentError } from 'commander'
import { exitCodes } from '../exit-codes.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { LiveLine } from '../live-line.ts'
import { readableFiles } from '../readable-files.ts'
import { validationAsJson } from '../validation/json-validation.ts'
import { validationForPeople } from '../validation/text-validation.ts'
import { validateFile } from '../validation/validate-file.ts'
import { validatorFor } from '../validation/validator-for.ts'

interface ValidateOptions extends CommonOptions {
  readonly show: number
}

export function validateCommand(invocation: Invocation): Command {
  const command = new Command('validate')
    .summary('say what would be refused and corrected, without sending anything')
    .description(
      'Reads files as the broker would and says which reports would be refused, corrected or sent. Nothing is sent, and no other system is reached: what the VOA refuses by its own records, such as 1006, cannot be foreseen.',
    )
    .argument('<format>', 'a format, such as valuebill; an adapter that reads it; or a label in broker.yaml')
    .argument('<file...>', 'files to read')
    .option(
      '--show <number>',
      'reports of each file that are told at most; counts are always complete',
      wholeNumber,
      200,
    )
    .action((adapter: string, files: readonly string[], options: ValidateOptions) =>
      validate(invocation, adapter, files, options),
    )
  return invocation.describe(command, [
    ['portreeve validate valuebill reports.xml', 'what the VOA would say to it'],
    ['portreeve validate voa outbox/*.xml --json', 'as the label voa of ./config is set up, for a program'],
  ])
}

async function validate(
  invocation: Invocation,
  adapter: string,
  files: readonly string[],
  options: ValidateOptions,
): Promise<void> {
  const { terminal } = invocation
  const validator = await validatorFor(adapter, options, terminal)
  const live = new LiveLine(terminal)
  const write = async (text: string) => {
    live.clear()
    await terminal.out(text)
  }
  const output = options.json
    ? validationAsJson(write)
    : validationForPeople(write, invocation.look, { show: options.show, label: validator.label })
  let firstUnreadable: PortreeveError | undefined
  for (const file of await readableFiles(files, terminal)) {
    if (isPortreeveError(file)) {
      await output.unreadable(file)
      firstUnreadable ??= file
      continue
    }
    const verdict = await validateFile(file, validator, { output, live, now: terminal.now })
    if (verdict.problems.length > 0 || verdict.refused > 0) invocation.exitCode = exitCodes.problems
  }
  live.clear()
  await output.end()
  if (firstUnreadable) throw firstUnreadable
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('It must be a whole number.')
  return value
}
