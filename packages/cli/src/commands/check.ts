import { Command } from 'commander'
import { checkAdapters } from '../check-adapters.ts'
import { readConfiguration, withOperations } from '../configured.ts'
import { exitCodes } from '../exit-codes.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { type CheckResult, renderCheck } from '../render/check.ts'
import type { Terminal } from '../terminal.ts'

interface CheckOptions extends CommonOptions {
  readonly data?: true
  readonly topics?: true
  readonly fix?: true
  readonly morePartitions?: true
}

export function checkCommand(invocation: Invocation): Command {
  const command = new Command('check')
    .summary('reach every system, compare the topics, or read through all data')
    .description(
      'Reaches the system behind every adapter, with its login where it has one, and says how the topics of the log stand otherwise than the configuration declares them. Changes nothing but with --fix.',
    )
    .option('--topics', 'compare the topics alone')
    .option('--fix', 'compare the topics alone, and make them as declared where nothing is lost by it')
    .option('--more-partitions', 'with --fix: add partitions too, though keys move to others; no broker may be at work')
    .option('--data', "read through the broker's data instead, and say what does not fit")
    .action(async (options: CheckOptions) => {
      const result = await checked(options, invocation.terminal)
      if (isWrong(result)) invocation.exitCode = exitCodes.problems
      await invocation.answer(result, () => renderCheck(result, invocation.look), options)
    })
  return invocation.describe(command, [
    ['portreeve check', 'after a change of address or password'],
    ['portreeve check --topics', 'whether somebody has changed a topic on the cluster'],
    ['portreeve check --fix', 'make the topics as they are declared'],
    ['portreeve check --data', 'after a fault of disk or power'],
  ])
}

async function checked(options: CheckOptions, terminal: Terminal): Promise<CheckResult> {
  if (options.data) return { data: await withOperations(options, terminal, (operations) => operations.check()) }
  const { fix = false, morePartitions = false } = options
  const onlyTopics = fix || morePartitions || options.topics === true
  const configuration = await readConfiguration({ ...options, needsSecrets: !onlyTopics }, terminal)
  const { checkTopics } = await import('@portreeve/broker')
  const adapters = onlyTopics ? undefined : await checkAdapters(configuration, terminal.now)
  return { ...(adapters && { adapters }), topics: await checkTopics(configuration, { fix, morePartitions }) }
}

function isWrong({ adapters = [], topics, data = [] }: CheckResult): boolean {
  if (data.length > 0 || adapters.some(({ error }) => error)) return true
  return topics !== undefined && (topics.error !== undefined || topics.differences.length > 0)
}
