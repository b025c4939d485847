import { resolve } from 'node:path'
import type { Configuration } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import { Command } from 'commander'
import { readConfiguration } from '../configured.ts'
import { exitCodes } from '../exit-codes.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { type Difference, renderDiff } from '../render/diff.ts'

interface DiffOptions extends CommonOptions {
  readonly against?: string
  readonly running?: true
}

export function diffCommand(invocation: Invocation): Command {
  const command = new Command('diff')
    .summary('say what a changed configuration changes, and what a start would refuse')
    .description(
      'Compares the configuration with what the broker on its data folder works with or, where none runs, with what the last one worked with: routes, receivers, adapters, mappings, processes, quality rules, templates, topics. Tells what new receivers will get, what waits for those that are gone, and what a start or an apply would refuse. Changes nothing. Of secrets it tells only that they are taken from elsewhere.',
    )
    .option('--against <folder>', 'compare with another folder of configuration instead; nothing is told of messages')
    .option('--running', 'only with a broker at work')
    .action(async (options: DiffOptions) => {
      const difference = await differenceOf(options, invocation)
      if (difference.consequences.some(({ refusal }) => refusal !== null)) invocation.exitCode = exitCodes.problems
      await invocation.answer(difference, () => renderDiff(difference, invocation.look), options)
    })
  return invocation.describe(command, [
    ['portreeve diff', 'what ./config changes for the broker of its data folder'],
    ['portreeve diff --against /etc/portreeve', 'what ./config says otherwise than another folder'],
    ["portreeve diff --json | jq '.consequences[]'", 'what would happen to messages, for a program'],
  ])
}

async function differenceOf(options: DiffOptions, { terminal }: Invocation): Promise<Difference> {
  const { against, running = false } = options
  if (against !== undefined && running) {
    throw new PortreeveError('PRV_CLI_USAGE', {
      problem: '--against and --running cannot be used together',
      command: 'portreeve diff',
    })
  }
  const configuration = await readConfiguration({ ...options, needsSecrets: false }, terminal)
  if (against === undefined) return await withBroker(configuration, running)
  const other = resolve(terminal.workingFolder, against)
  const before = await readConfiguration({ ...options, config: other, needsSecrets: false }, terminal)
  const { differences } = await import('@portreeve/configuration')
  const changes = differences(before.record, configuration.record)
  return {
    before: { what: 'folder', folder: other, version: before.record.version, since: null },
    after: afterOf(configuration),
    changes,
    consequences: [],
    needsRestart: [],
  }
}

async function withBroker(configuration: Configuration, mustRun: boolean): Promise<Difference> {
  const { compareWithBroker } = await import('@portreeve/broker')
  const { before, isRunning, ...compared } = await compareWithBroker(configuration, { mustRun })
  const { changes, consequences, needsRestart } = compared
  const { folder, since, record } = before
  return {
    before: { what: isRunning ? 'running' : 'stopped', folder, version: record.version, since },
    after: afterOf(configuration),
    changes,
    consequences,
    needsRestart,
  }
}

function afterOf({ folder, record }: Configuration): Difference['after'] {
  return { folder, version: record.version }
}
