import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Borough } from '@portreeve/broker'
import { Command, Option } from 'commander'
import { bringToDoor } from '../bring-to-door.ts'
import { brokerEvents } from '../broker-events.ts'
import { exitCodes } from '../exit-codes.ts'
import { listenForInterruption } from '../interruption.ts'
import type { CommonOptions, Invocation } from '../invocation.ts'
import { openBoroughDoor } from '../open-door.ts'
import { renderBorough, renderDemo } from '../render/borough.ts'

interface BoroughOptions extends CommonOptions {
  readonly demo?: true
  readonly log?: 'sqlite' | 'kafka'
  readonly brokers?: string
}

export function boroughCommand(invocation: Invocation): Command {
  const command = new Command('borough')
    .summary('an invented borough at work: broker, inbox, door and stand-ins of other systems')
    .description(
      'Starts the Borough of Sallowmere, which does not exist: a broker, an inbox, a door for web forms, and stand-ins of the VOA and of back offices. This is what npm start runs.',
    )
    .option('--demo', 'play both journeys in a fresh folder, check the outcome, and end')
    .addOption(new Option('--log <engine>', 'what keeps the messages').choices(['sqlite', 'kafka']).default('sqlite'))
    .option('--brokers <list>', 'Kafka: host:port, several divided by commas', '127.0.0.1:9092')
    .action((options: BoroughOptions) => (options.demo ? demo(invocation, options) : stay(invocation, options)))
  return invocation.describe(command, [
    ['npm start', 'the borough, until Ctrl-C'],
    ['npm start -- --demo', 'both journeys'],
    ['npm start -- --log kafka', 'the same on Apache Kafka, which npm run kafka:up starts'],
  ])
}

async function stay(invocation: Invocation, options: BoroughOptions): Promise<void> {
  invocation.program = 'npm run -s portreeve --'
  invocation.config = 'config/examples/sallowmere'
  using interruption = listenForInterruption()
  const { environment, workingFolder } = invocation.terminal
  const root = environment.PORTREEVE_ROOT ?? workingFolder
  const dataFolder =
    environment.SALLOWMERE_DATA ?? join(root, 'data', options.log === 'kafka' ? 'sallowmere-kafka' : 'sallowmere')
  const { startBorough } = await import('@portreeve/broker')
  const events = brokerEvents(invocation, options)
  invocation.remark('Starting the borough …', options)
  await using borough = await startBorough({ dataFolder, listener: events.listener, ...logOf(options) })
  await using door = await openBoroughDoor(borough)
  const { folders, voa, configuration } = borough
  const at = { voa: voa.baseUrl, door: door.baseUrl }
  const facts = { name: configuration.authority.name, folders, ...at, idempotencyKey: randomUUID(), root }
  await events.tell({ event: 'started', pid: process.pid, ...facts }, renderBorough(facts, invocation.look))
  const working = workUntilStopped(borough, interruption.first)
  await interruption.first
  await working
  events.clear()
  invocation.remark('\nStopping: what is under way is finished first. Ctrl-C again stops at once.', options)
  await door.stop()
  await borough.stop()
  await events.tell({ event: 'stopped' }, 'Stopped. The next start goes on from here.')
}

async function demo(invocation: Invocation, options: BoroughOptions): Promise<void> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'portreeve-demo-'))
  const { playDemo, startBorough } = await import('@portreeve/broker')
  const events = brokerEvents(invocation, options)
  const { bold } = invocation.look.style
  const listener = options.json ? {} : events.listener
  try {
    await using borough = await startBorough({
      dataFolder,
      listener,
      ...logOf(options, `demo-${randomUUID().slice(0, 8)}.`),
    })
    invocation.remark(
      `${bold('Two journeys')}: files from the inbox to the VOA, changes of address from the door to the back offices.\n`,
      options,
    )
    await using door = await openBoroughDoor(borough)
    const result = await playDemo(borough, bringToDoor(door.baseUrl, borough.doorKey))
    if (result.checks.some(({ holds }) => !holds)) invocation.exitCode = exitCodes.problems
    await invocation.answer(result, () => renderDemo(result, invocation.look), options)
  } finally {
    await rm(dataFolder, { recursive: true, force: true })
  }
}

/** Topics of one data folder are those of that folder alone. */
function logOf({ log = 'sqlite', brokers = '' }: BoroughOptions, prefix?: string) {
  return { log: { engine: log, brokers, ...(prefix && { prefix }) } }
}

const workEveryMs = 2000

/** The staff of the back offices take over what has come in. */
async function workUntilStopped({ offices }: Borough, stopped: Promise<unknown>): Promise<void> {
  let isOver = false
  const over = stopped.then(() => {
    isOver = true
  })
  while (!isOver) {
    await offices.work()
    await Promise.race([over, new Promise((resolve) => setTimeout(resolve, workEveryMs))])
  }
}
