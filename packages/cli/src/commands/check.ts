import { Command } from 'commander'
import { checkAdapters } from '../check-adapters.ts'
import { readConfiguration, withOperations } from '../configured.ts'
import { exitCodes } from '../exit-codes.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { renderCheck } from '../render/check.ts'

interface CheckOptions extends CommonOptions {
  readonly data?: true
}

export function checkCommand(invocation: Invocation): Command {
  const command = new Command('check')
    .summary('reach every system, or read through all data')
    .description('Reaches the system behind every adapter, with its login where it has one, and changes nothing there.')
    .option('--data', "read through the broker's data instead, and say what does not fit")
    .action(async (options: CheckOptions) => {
      const { terminal } = invocation
      const adapters = options.data
        ? []
        : await checkAdapters(await readConfiguration({ ...options, needsSecrets: true }, terminal), terminal.now)
      const data = options.data
        ? await withOperations(options, terminal, (operations) => operations.check())
        : undefined
      if (data?.length || adapters.some(({ error }) => error)) invocation.exitCode = exitCodes.problems
      const result = { ...(data === undefined ? { adapters } : { data }) }
      await invocation.answer(result, () => renderCheck(result, invocation.look), options)
    })
  return invocation.describe(command, [
    ['portreeve check', 'after a change of address or password'],
    ['portreeve check --data', 'after a fault of disk or power'],
  ])
}
