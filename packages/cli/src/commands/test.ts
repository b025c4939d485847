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
    .summary('play the tests that stand beside the routes')
    .description(
      'Plays routes/<name>.test.yaml, each case on a broker of its own in a temporary folder. The systems behind the adapters are played by the case: no other system is reached, and no secret is needed. Says at the end which ways through the routes no case took.',
    )
    .argument('[route...]', 'names of routes; default: all')
    .action((routes: readonly string[], options: CommonOptions) => test(invocation, routes, options))
  return invocation.describe(command, [
    ['portreeve test', 'every route'],
    ['portreeve test reports-to-voa --config config', 'one of them'],
  ])
}

async function test(invocation: Invocation, routes: readonly string[], options: CommonOptions): Promise<void> {
  const { terminal } = invocation
  const configuration = await readConfiguration({ ...options, needsSecrets: false }, terminal)
  const unknown = routes.find((wanted) => !configuration.routes.some(({ name }) => name === wanted))
  if (unknown !== undefined) {
    const names = configuration.routes.map(({ name }) => name).join(', ')
    const problem = `there is no route ${unknown}; there are ${names}`
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
    ...(routes.length > 0 && { routes }),
    onResult: ({ route, name }) => {
      played++
      live.draw((columns) => `${played} played: ${route}, ${name}`.slice(0, columns))
    },
  })
  live.clear()
  if (results.results.some(({ differences }) => differences.length > 0)) invocation.exitCode = exitCodes.problems
  await invocation.answer(results, () => renderRouteTests(results, invocation.look), options)
}
