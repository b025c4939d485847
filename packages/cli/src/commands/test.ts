import { PortreeveError } from '@portreeve/errors'
import { Command } from 'commander'
import { readConfiguration } from '../configured.ts'
import { exitCodes } from '../exit-codes.ts'
import { listenForInterruption } from '../interruption.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { LiveLine } from '../live-line.ts'
import { renderRouteTests } from '../render/route-tests.ts'

export function testCommand(invocation: Invocation): Command {
  const command = new Command('test')
    .summary('play the tests that stand beside routes, processes and quality rules')
    .description(
      'Plays <name>.test.yaml in routes/, processes/ and quality/, each case on a broker of its own in a temporary folder. The systems behind the adapters are played by the case: no other system is reached, and no secret is needed. Says at the end which branches, rules and outcomes no case showed.',
    )
    .argument('[name...]', 'names of routes, processes or quality rules; default: all')
    .action((names: readonly string[], options: CommonOptions) => test(invocation, names, options))
  return invocation.describe(command, [
    ['portreeve test', 'all of them'],
    ['portreeve test reports-to-voa --config config', 'those of one'],
  ])
}

async function test(invocation: Invocation, only: readonly string[], options: CommonOptions): Promise<void> {
  const { terminal } = invocation
  const configuration = await readConfiguration({ ...options, needsSecrets: false }, terminal)
  const { routes, processes, quality } = configuration
  const known = [...routes, ...processes, ...quality].map(({ name }) => name)
  const unknown = only.find((wanted) => !known.includes(wanted))
  if (unknown !== undefined) {
    const problem = `there is no route, process or quality file ${unknown}; there are ${known.join(', ')}`
    throw new PortreeveError('PRV_CLI_USAGE', { problem, command: 'portreeve test' })
  }
  const { runRouteTests } = await import('@portreeve/broker')
  using interruption = listenForInterruption()
  const stop = new AbortController()
  void interruption.first.then(() => stop.abort(new PortreeveError('PRV_BROKER_STOPPING')))
  const live = new LiveLine(terminal)
  let played = 0
  const results = await runRouteTests(configuration, {
    signal: stop.signal,
    ...(only.length > 0 && { only }),
    onResult: ({ of, name }) => {
      played++
      live.draw((columns) => `${played} played: ${of}, ${name}`.slice(0, columns))
    },
  })
  live.clear()
  if (results.results.some(({ differences }) => differences.length > 0)) invocation.exitCode = exitCodes.problems
  await invocation.answer(results, () => renderRouteTests(results, invocation.look), options)
}
