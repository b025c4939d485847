import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Configuration, Route, RouteCase } from '@portreeve/configuration'
import { adapterNamed } from '../adapters.ts'
import { bodyProblems } from '../canonical-body.ts'
import { jsonBody } from '../message-maker.ts'
import { type Broker, openBroker } from '../open-broker.ts'
import { differences } from './differences.ts'
import { endsOf } from './ends.ts'
import { type Script, scriptedAdapter } from './scripted-adapter.ts'

export interface CaseResult {
  /** What was not as expected, in sentences; empty when the case holds. */
  readonly differences: readonly string[]
  /** Ways that its messages took, as `waysOf` names them. */
  readonly waysTaken: ReadonlySet<string>
}

const patienceMs = 30_000
const longestWaitSeconds = 0.1
const retry = { baseDelayMs: 5, maxDelayMs: 20 }

/**
 * Plays one case on a broker of its own, with everything real but the systems behind the adapters: they are the case's
 * script. Rejects with the signal's reason, and as `openBroker` does.
 */
export async function runRouteCase(
  configuration: Configuration,
  routeCase: RouteCase,
  signal?: AbortSignal,
): Promise<CaseResult> {
  const senseless = await senselessGiven(routeCase)
  if (senseless.length > 0) return { differences: senseless, waysTaken: new Set() }
  const folder = await mkdtemp(join(tmpdir(), 'portreeve-test-'))
  try {
    const trial = trialOf(configuration, join(folder, 'data'))
    const counts = { given: 0, settled: 0 }
    const scripts = scriptsOf(configuration, routeCase, counts)
    let fault: string | undefined
    const broker = await openBroker({
      configuration: trial,
      retry,
      openAdapter: async (declaration, config, context) => {
        const script = scripts.get(context.label)
        if (!script) throw new TypeError(`no script for ${context.label}`)
        const real = declaration.capabilities.receive ? await declaration.open(config, context) : undefined
        return scriptedAdapter(script, context, real?.receive)
      },
      listener: {
        failing: ({ what, sentence }) => {
          fault ??= `${what}: ${sentence}`
        },
      },
    })
    let stuck: string | undefined
    try {
      stuck = await untilQuiet(broker, counts, () => fault, signal)
    } finally {
      await broker.stop()
    }
    const { waysTaken, ...ends } = await endsOf(trial)
    if (stuck !== undefined) return { differences: [stuck], waysTaken }
    const sent = new Map([...scripts].map(([label, script]) => [label, script.sent]))
    return { differences: differences(routeCase.expect, { ...ends, sent }), waysTaken }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What cannot come in as it is given, in sentences. */
async function senselessGiven({ given }: RouteCase): Promise<readonly string[]> {
  const found = given.map(async ({ document, type, body }, index): Promise<readonly string[]> => {
    const place = `given ${index + 1}`
    if (document !== undefined) {
      const isFile = await stat(document).then(
        (entry) => entry.isFile(),
        () => false,
      )
      return isFile ? [] : [`${place}: there is no file ${document}.`]
    }
    const problems = await bodyProblems(type ?? '', jsonBody(body).body)
    return problems.map(({ path, sentence }) => `${place}: ${path} ${sentence}`)
  })
  return (await Promise.all(found)).flat()
}

/** The configuration, but with an order of its own for everything, and without long waits for batches. */
function trialOf(configuration: Configuration, dataFolder: string): Configuration {
  const topics = [...configuration.topics].map(([name, topic]) => [name, { ...topic, partitions: 1 }] as const)
  const routes = configuration.routes.map(hurried)
  return { ...configuration, dataFolder, diskAlarmMegabytes: 0, topics: new Map(topics), routes }
}

function hurried(route: Route): Route {
  if (route.kind === 'split') return route
  const { maxMessages, maxWaitSeconds } = route.batch
  return { ...route, batch: { maxMessages, maxWaitSeconds: Math.min(maxWaitSeconds, longestWaitSeconds) } }
}

interface Counts {
  given: number
  settled: number
}

function scriptsOf({ adapters }: Configuration, { given, answers = {} }: RouteCase, counts: Counts) {
  const first = adapters.find(({ adapter }) => adapterNamed(adapter)?.capabilities.poll)?.label
  const scripts = new Map<string, Script>()
  for (const { label, adapter } of adapters) {
    const mine = given.filter(({ inbox = first }) => inbox === label).map((one) => ({ inbox: label, ...one }))
    counts.given += mine.length
    scripts.set(label, {
      given: mine,
      announces: adapterNamed(adapter)?.emits[0] ?? '',
      answers: answers[label] ?? [],
      sent: [],
      settled: () => void counts.settled++,
    })
  }
  return scripts
}

/** Resolves when all that was given has come to its end; if it does not, with a sentence that says why. */
async function untilQuiet(
  { operations }: Broker,
  counts: Counts,
  fault: () => string | undefined,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const deadline = performance.now() + patienceMs
  let waitsFor = ''
  let quietLooks = 0
  while (performance.now() < deadline) {
    signal?.throwIfAborted()
    const failed = fault()
    if (failed !== undefined) return failed
    const { receivers, splitters, counts: states } = await operations.status()
    const late = receivers.find(({ lag }) => lag > 0)
    const open = states.find(({ state }) => state === 'waiting' || state === 'unknown')
    if (counts.settled < counts.given) waitsFor = 'what was given to come in'
    else if (splitters.some(({ lag }) => lag > 0)) waitsFor = 'the documents to be read'
    else if (late) waitsFor = `${late.receiver} to take all`
    else if (open) waitsFor = `an answer of ${open.receiver}`
    else waitsFor = ''
    // What a receiver sends back may have come to another one behind the look at that one, and so on.
    quietLooks = waitsFor === '' ? quietLooks + 1 : 0
    if (quietLooks > receivers.length) return undefined
    await sleep(10)
  }
  return `After ${patienceMs / 1000} seconds it still waited for ${waitsFor}.`
}
