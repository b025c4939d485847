import { setTimeout as sleep } from 'node:timers/promises'
import type { Configuration, ProcessConfiguration } from '@portreeve/configuration'
import { type ProcessInstance, requestId, type SystemProgress } from '@portreeve/core'
import { PortreeveError } from '@portreeve/errors'
import type { Log, LogRecord, RecordPosition } from '@portreeve/log'
import type { ProcessRecorded } from '@portreeve/model'
import type { ParkedMessages, ProcessStore } from '@portreeve/state'
import { bodyProblems } from '../canonical-body.ts'
import { MessageMaker } from '../message-maker.ts'
import { toRecord } from '../message-record.ts'
import type { Operations, Transaction } from '../operations.ts'
import type { Receiver } from '../receivers.ts'
import { definitionsOf } from './definitions.ts'
import { changesToCome } from './fold-records.ts'
import { processRecord } from './process-topic.ts'
import { needsPerson, readInstance } from './stored-instance.ts'

export interface ProcessOperationParts {
  readonly configuration: Configuration
  readonly log: Log
  readonly store: ProcessStore
  readonly parked: Pick<ParkedMessages, 'show'>
  readonly receivers: readonly Pick<Receiver, 'name' | 'label'>[]
  /** Default: the machine's clock. */
  readonly now?: () => Date
  /** A broker at work folds what is appended; else it is folded when one starts. */
  readonly isRunning: boolean
}

type ProcessOperations = Pick<
  Operations,
  'transaction' | 'transactions' | 'decideTransaction' | 'correctTransaction' | 'resolveTransaction'
>

const foldedWithinMs = 5000

/** What people do about transactions. A decision is one more record on the processes' topic; nothing is overwritten. */
export function processOperations(parts: ProcessOperationParts): ProcessOperations {
  const { configuration, log, store, now = () => new Date() } = parts
  const maker = new MessageMaker(configuration.authority, now, configuration.record.version)
  const definitions = definitionsOf(configuration)
  let last: Promise<unknown> = Promise.resolve()

  return {
    async transaction({ reference }) {
      const instance = await find(reference)
      return instance && (await transactionOf(instance))
    },

    async transactions({ after, limit = 50 }) {
      const page = store.waitingForPerson({ limit, ...(after !== undefined && { after }) })
      const ahead = await changes()
      const instances = page.instances.map(readInstance).map((instance) => ahead.get(instance.reference) ?? instance)
      const transactions = await Promise.all(instances.filter(needsPerson).map(transactionOf))
      return { transactions, next: page.next }
    },

    decideTransaction: inTurn(async ({ reference, decision, by, why }) => {
      const instance = await held(reference)
      const kind = decision === 'approve' ? 'approved' : 'rejected'
      await append(instance, [], { ...about(instance), kind, by, why })
    }),

    correctTransaction: inTurn(async ({ reference, by, why, body }) => {
      const instance = await held(reference)
      const { startsWith: type, name } = processOf(instance)
      await refuseBadCorrection(type, body)
      const messageId = `${instance.messageId}.corrected.${now().getTime()}`
      const emitted = {
        type,
        idSeed: messageId,
        key: instance.key,
        contentType: 'application/json',
        body: new TextEncoder().encode(body),
      }
      const parent = { ...JSON.parse(instance.envelope), id: instance.messageId }
      const child = toRecord(maker.child(parent, emitted, name), instance.key)
      await append(instance, [child], { ...about(instance), kind: 'corrected', by, why, messageId, body })
    }),

    resolveTransaction: inTurn(async ({ reference, system, by, why, personReference }) => {
      const instance = await known(reference)
      const progress = instance.systems[system]
      if (progress?.state !== 'needs-a-person')
        throw new PortreeveError('PRV_BROKER_NEEDS_NOBODY', { reference, system })
      const isThere = processOf(instance).systems.some(({ label }) => label === system)
      if (personReference !== undefined && (instance.body === null || !isThere)) {
        throw new PortreeveError('PRV_BROKER_NOT_ASKED_AGAIN', { reference, system })
      }
      // What waits behind a dead letter would wait for ever, and the letter itself would still be sent one day.
      const letter = await deadLetterOf(instance, system, progress)
      if (letter) throw new PortreeveError('PRV_BROKER_DEAD_LETTER_FIRST', { system, ...letter })
      const who = personReference === undefined ? {} : { personReference }
      await append(instance, [], { ...about(instance), kind: 'resolved', system, by, why, ...who })
    }),
  }

  /** One decision after the other, each on what the one before has made of it. */
  function inTurn<Argument>(decide: (argument: Argument) => Promise<void>): (argument: Argument) => Promise<void> {
    return (argument) => {
      const decided = last.then(() => decide(argument))
      last = decided.catch(() => undefined)
      return decided
    }
  }

  /** Where the system's last request is a dead letter, or waits behind one. */
  async function deadLetterOf({ id, process, key }: ProcessInstance, system: string, { attempt }: SystemProgress) {
    const request = requestId({ instance: id, process, system, attempt })
    for (const { name: receiver, label } of parts.receivers) {
      const detail = label === system ? await parts.parked.show(receiver, key) : null
      const isHeld = detail?.state === 'parked' && detail.messages.some(({ messageId }) => messageId === request)
      if (isHeld) return { receiver, key }
    }
    return null
  }

  async function systemOf(instance: ProcessInstance, system: string, progress: SystemProgress) {
    const deadLetter = progress.state === 'needs-a-person' ? await deadLetterOf(instance, system, progress) : null
    return { system, ...progress, ...(deadLetter && { deadLetter }) }
  }

  async function transactionOf(instance: ProcessInstance): Promise<Transaction> {
    const { reference, process, startedAt, stage, body, holds, systems, steps } = instance
    return {
      reference,
      process,
      startedAt,
      stage,
      body,
      holds: holds.map(({ rule, sentence, candidates = [] }) => ({ rule, sentence, candidates })),
      systems: await Promise.all(Object.entries(systems).map(([label, at]) => systemOf(instance, label, at))),
      steps,
    }
  }

  /** What a broker that does not run has still to act on. */
  async function changes(): Promise<ReadonlyMap<string, ProcessInstance>> {
    return parts.isRunning ? new Map() : await changesToCome(log, { store, definitions })
  }

  async function find(reference: string): Promise<ProcessInstance | null> {
    const json = store.ofReference(reference)
    return (await changes()).get(reference) ?? (json === null ? null : readInstance(json))
  }

  async function known(reference: string): Promise<ProcessInstance> {
    const instance = await find(reference)
    if (!instance) throw new PortreeveError('PRV_BROKER_TRANSACTION_UNKNOWN', { reference })
    return instance
  }

  async function held(reference: string): Promise<ProcessInstance> {
    const instance = await known(reference)
    if (instance.stage !== 'held') throw new PortreeveError('PRV_BROKER_NOT_HELD', { reference })
    return instance
  }

  function processOf({ process: name }: ProcessInstance): ProcessConfiguration {
    const process = configuration.processes.find((candidate) => candidate.name === name)
    if (!process) throw new PortreeveError('PRV_BROKER_PROCESS_GONE', { process: name, open: 1 })
    return process
  }

  function about({ process, id: instance }: ProcessInstance) {
    return { process, instance, at: now().toISOString() }
  }

  async function append(instance: ProcessInstance, records: readonly LogRecord[], event: ProcessRecorded) {
    const positions = await log.append([...records, processRecord(instance.key, event)])
    const last = positions.at(-1)
    if (last && parts.isRunning) await folded(last)
  }

  /** So that who looks next sees what was decided. Under load that may take longer: it is on disk all the same. */
  async function folded({ topic, partition, offset }: RecordPosition): Promise<void> {
    const until = performance.now() + foldedWithinMs
    while (store.position(topic, partition) <= offset && performance.now() < until) await sleep(20)
  }
}

/** A correction that makes no sense would only be refused by every system. */
async function refuseBadCorrection(type: string, body: string): Promise<void> {
  const [first] = await bodyProblems(type, new TextEncoder().encode(body), { strict: true })
  if (!first) return
  const { path, line = 0, sentence } = first
  throw new PortreeveError('PRV_BROKER_EDIT_REFUSED', { type, path, line, sentence })
}
