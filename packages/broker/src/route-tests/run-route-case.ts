import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Configuration, TestCase } from '@portreeve/configuration'
import { adapterNamed } from '../adapters.ts'
import { openBroker } from '../open-broker.ts'
import type { Status, Transaction } from '../operations.ts'
import { CaseClock } from './case-clock.ts'
import { playCase } from './case-player.ts'
import { differences } from './differences.ts'
import { endsOf } from './ends.ts'
import { transactionOutcomes } from './outcomes.ts'
import { ScriptedSystem } from './scripted-system.ts'
import { trialOf } from './trial.ts'
import { untilQuiet } from './until-quiet.ts'

export interface CaseResult {
  /** What was not as expected, in sentences; empty when the case holds. */
  readonly differences: readonly string[]
  /** What became of messages at each receiver: which route sent what. */
  readonly sent: Status['counts']
  /** Ways and outcomes that it showed, by name. */
  readonly shown: ReadonlySet<string>
}

const retry = { baseDelayMs: 5, maxDelayMs: 20 }

/**
 * Plays one case on a broker of its own, with everything real but the systems behind the adapters: they are the case's
 * script. Rejects with the signal's reason, and as `openBroker` does.
 */
export async function runRouteCase(
  configuration: Configuration,
  testCase: TestCase,
  signal?: AbortSignal,
): Promise<CaseResult> {
  const folder = await mkdtemp(join(tmpdir(), 'portreeve-test-'))
  try {
    const trial = trialOf(configuration, join(folder, 'data'))
    const systems = systemsOf(configuration, testCase)
    const { stuck, transactions, seen } = await play(trial, testCase, systems, signal)
    const { counts, problems, shown } = await endsOf(trial)
    const sent = new Map([...systems].map(([label, system]) => [label, system.sent]))
    const outcome = { sent, counts, problems, transactions }
    return {
      differences: stuck === undefined ? differences(testCase.expect, outcome) : [stuck],
      sent: counts.filter(({ state }) => state !== 'not-concerned'),
      shown: new Set([...shown, ...seen]),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function systemsOf(
  { adapters }: Configuration,
  { answers = {}, registers = {} }: TestCase,
): ReadonlyMap<string, ScriptedSystem> {
  return new Map(
    adapters.flatMap(({ label, adapter }) => {
      const declaration = adapterNamed(adapter)
      if (!declaration) return []
      const script = { label, declaration, answers: answers[label] ?? [], registers: registers[label] ?? {} }
      return [[label, new ScriptedSystem(script)] as const]
    }),
  )
}

async function play(
  trial: Configuration,
  { at, steps }: TestCase,
  systems: ReadonlyMap<string, ScriptedSystem>,
  signal?: AbortSignal,
): Promise<{ stuck: string | undefined; transactions: readonly Transaction[]; seen: ReadonlySet<string> }> {
  const clock = new CaseClock(at)
  const references: string[] = []
  const seen = new Set<string>()
  let fault: string | undefined
  await using broker = await openBroker({
    configuration: trial,
    retry,
    now: clock.now,
    openAdapter: async (_declaration, config, context) => {
      const system = systems.get(context.label)
      if (!system) throw new TypeError(`no script for ${context.label}`)
      return await system.open(config, context)
    },
    listener: {
      failing: ({ what, sentence }) => {
        fault ??= `${what}: ${sentence}`
      },
    },
  })
  const { operations } = broker
  const inboxes = [...systems.values()].map(({ inbox }) => inbox)
  const parts = { operations, inboxes, references, now: clock.now, fault: () => fault, signal }
  const look = async () => {
    const found = await Promise.all(references.map((reference) => operations.transaction({ reference })))
    return found.filter((transaction) => transaction !== null)
  }
  const quiet = async () => {
    const restless = await untilQuiet(parts)
    for (const transaction of await look()) for (const name of transactionOutcomes(trial, transaction)) seen.add(name)
    return restless
  }
  const stuck = await playCase(steps, { configuration: trial, broker, systems, clock, references, quiet })
  return { stuck, transactions: await look(), seen }
}
