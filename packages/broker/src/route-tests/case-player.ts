import type { Configuration, TestStep } from '@portreeve/configuration'
import { doorTypes } from '@portreeve/configuration'
import { afterWorkingDays } from '@portreeve/core'
import { isPortreeveError } from '@portreeve/errors'
import { jsonBody } from '../message-maker.ts'
import type { Broker } from '../open-broker.ts'
import type { CaseClock } from './case-clock.ts'
import { decide } from './decide.ts'
import type { ScriptedSystem } from './scripted-system.ts'

/** What a case is played with. */
export interface Stage {
  readonly configuration: Configuration
  readonly broker: Broker
  /** By label. */
  readonly systems: ReadonlyMap<string, ScriptedSystem>
  readonly clock: CaseClock
  /** References of the transactions so far, in the order in which they were given. */
  readonly references: string[]
  /** Plays what came to its end; a sentence when there is none. */
  readonly quiet: () => Promise<string | undefined>
}

type Step<Kind extends TestStep['kind']> = Extract<TestStep, { kind: Kind }>

/** Plays the steps one after the other; answers with a sentence when it cannot go on. */
export async function playCase(steps: readonly TestStep[], stage: Stage): Promise<string | undefined> {
  for (const [index, step] of steps.entries()) {
    const stuck = await played(step, stage)
    if (stuck !== undefined) return `Step ${index + 1}: ${stuck}`
    const next = steps[index + 1]
    if (isBrought(step) && next && isBrought(next)) continue
    const restless = await stage.quiet()
    if (restless !== undefined) return restless
  }
  return undefined
}

const isBrought = ({ kind }: TestStep) => kind === 'document' || kind === 'message'

async function played(step: TestStep, stage: Stage): Promise<string | undefined> {
  switch (step.kind) {
    case 'document':
      await systemOf(stage, step.inbox).bringDocument(step.document)
      return
    case 'message':
      await bringMessage(step, stage)
      return
    case 'says':
      return sayAll(step, stage)
    case 'decides':
      return await decideAll(step, stage)
    case 'after':
      goOn(step, stage)
      return
  }
}

/** At the door when it takes the type, as from a web form; else by an inbox. */
async function bringMessage(step: Step<'message'>, stage: Stage): Promise<void> {
  const { type, body, key = crypto.randomUUID(), uprn, customer, inbox } = step
  const { door } = stage.broker
  const isTransaction = stage.configuration.processes.some(({ startsWith }) => startsWith === type)
  const slot = isTransaction ? stage.references.push('') - 1 : -1
  const settled = (reference: string) => {
    if (isTransaction) stage.references[slot] = reference
  }
  const attributes = { ...(uprn !== undefined && { uprn }), ...(customer !== undefined && { customer }) }
  if (door && inbox === undefined && doorTypes.some((taken) => taken === type)) {
    const idempotencyKey = crypto.randomUUID()
    const brought = { type, sender: 'test', idempotencyKey, attributes, about: key, body: jsonBody(body).body }
    settled((await door.accept(brought)).reference)
    return
  }
  const emitted = { type, idSeed: crypto.randomUUID(), key, attributes: { channel: 'file', ...attributes } as const }
  systemOf(stage, inbox).inbox.bring({ ...emitted, ...jsonBody(body) }, settled)
}

function sayAll({ says }: Step<'says'>, stage: Stage): string | undefined {
  for (const [label, said] of Object.entries(says)) {
    for (const { transaction = stage.references.length, ...answer } of said) {
      const system = systemOf(stage, label)
      const reference = stage.references[transaction - 1]
      const request = system.sent.findLast(({ envelope }) => envelope.reference === reference)
      const process = stage.configuration.processes.find(({ requests }) => requests === request?.envelope.type)
      if (!request || !process) return `${label} was sent no request of transaction ${transaction}, so it says nothing.`
      const { id: requestId } = request.envelope
      const emitted = { type: process.answers, idSeed: crypto.randomUUID(), key: requestId }
      const body = { system: label, requestId, ...answer }
      system.inbox.bring({ ...emitted, attributes: { origin: label }, ...jsonBody(body) })
    }
  }
  return undefined
}

async function decideAll({ decides }: Step<'decides'>, stage: Stage): Promise<string | undefined> {
  for (const { transaction = stage.references.length, ...decision } of decides) {
    const reference = stage.references[transaction - 1]
    if (reference === undefined) return `There is no transaction ${transaction} to decide about.`
    try {
      await decide(decision, reference, stage.broker.operations)
    } catch (error) {
      if (!isPortreeveError(error)) throw error
      return `Nothing was decided about transaction ${transaction}: ${error.message}`
    }
    const restless = await stage.quiet()
    if (restless !== undefined) return restless
  }
  return undefined
}

const unitMs = { day: 86_400_000, hour: 3_600_000, minute: 60_000 } as const

function goOn({ count, unit }: Step<'after'>, { configuration, clock }: Stage): void {
  const now = clock.now()
  const holidays = configuration.processes.flatMap((process) => process.holidays)
  const then =
    unit === 'working day' ? afterWorkingDays(now, count, holidays) : new Date(now.getTime() + count * unitMs[unit])
  clock.goOnTo(then)
}

/** The first that polls, where none is named. */
function systemOf({ systems }: Stage, label?: string): ScriptedSystem {
  const found = label === undefined ? [...systems.values()].find(({ polls }) => polls) : systems.get(label)
  if (!found) throw new TypeError(`no system ${label ?? 'that polls'}; the linter should have said so`)
  return found
}
