import type { Broker } from '@portreeve/broker'
import type { Configuration } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import type { Gateway, MetricsEndpoint } from '@portreeve/gateway'
import { Command } from 'commander'
import { brokerEvents } from '../broker-events.ts'
import { lintConfiguration, readConfiguration } from '../configured.ts'
import { exitCodes } from '../exit-codes.ts'
import { applyOnHangup } from '../hangup.ts'
import { listenForInterruption } from '../interruption.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { renderLint } from '../render/lint.ts'
import { renderStarted } from '../render/run.ts'
import { reportError } from '../report-error.ts'
import { stopInTime, stopWithinSeconds } from '../stop-in-time.ts'

export function runCommand(invocation: Invocation): Command {
  const command = new Command('run')
    .summary('run the broker until Ctrl-C')
    .description(
      'Runs the broker in the foreground and tells what comes in and goes out. The first Ctrl-C (or SIGTERM) stops in order, within 30 seconds; a second one stops at once, and nothing is lost by it. With --json each event is one line of JSON. SIGHUP has it take over its configuration as it stands then, as portreeve apply does. A file that takes long to check or split is told of every five seconds; a terminal has a bar instead.',
    )
    .action((options: CommonOptions) => run(invocation, options))
  return invocation.describe(command, [
    ['portreeve run', 'the broker of ./config'],
    ['portreeve run --config /etc/portreeve --json', 'under a supervisor that keeps the output'],
  ])
}

async function run(invocation: Invocation, options: CommonOptions): Promise<void> {
  using interruption = listenForInterruption()
  const needs = { ...options, needsSecrets: true }
  const { folder, problems, configuration: sound } = await lintConfiguration(needs, invocation.terminal)
  if (problems.length > 0) invocation.remark(renderLint(folder, problems, invocation.look), options)
  if (!sound && !options.json) {
    invocation.exitCode = exitCodes.badConfiguration
    return
  }
  // As JSON the errors are told by what this rejects with.
  const configuration = sound ?? (await readConfiguration(needs, invocation.terminal))
  const { openBroker } = await import('@portreeve/broker')
  const events = brokerEvents(invocation, options)
  await using broker = await openBroker({ configuration, listener: events.listener })
  await using gateway = configuration.door ? await openGateway(broker, configuration) : undefined
  await using metrics = await openMetrics(broker, configuration)
  using _hangup = applyOnHangup(broker.operations, events)
  await events.tell(
    {
      event: 'started',
      pid: process.pid,
      authority: configuration.authority,
      dataFolder: configuration.dataFolder,
      ...(gateway && { door: gateway.baseUrl }),
      ...(metrics && { metrics: metrics.url }),
    },
    renderStarted(configuration, invocation.look, gateway?.baseUrl),
  )
  await interruption.first
  events.clear()
  invocation.remark('\nStopping: what is under way is finished first. Ctrl-C again stops at once.', options)
  await stopInTime(
    async () => {
      // What is in hand at the door still needs the broker.
      await gateway?.stop()
      await broker.stop()
    },
    () => {
      const late = new PortreeveError('PRV_CLI_STOP_TOO_LONG', { seconds: stopWithinSeconds })
      reportError(late, invocation.terminal, { json: options.json === true, debug: false })
      process.exit(exitCodes.stoppedAtOnce)
    },
  )
  await events.tell({ event: 'stopped' }, 'Stopped. The next start goes on from here.')
}

async function openGateway(broker: Broker, configuration: Configuration): Promise<Gateway> {
  const { startGateway } = await import('@portreeve/gateway')
  return startGateway(broker, configuration)
}

async function openMetrics(broker: Broker, { telemetry }: Configuration): Promise<MetricsEndpoint | undefined> {
  if (!telemetry?.metricsListen) return undefined
  const { startMetricsEndpoint } = await import('@portreeve/gateway')
  return startMetricsEndpoint(broker, telemetry.metricsListen)
}
