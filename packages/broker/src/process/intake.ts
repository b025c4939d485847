import type { ProcessConfiguration } from '@portreeve/configuration'
import { parseRequestId } from '@portreeve/core'
import { type Envelope, type Message, repeatedId } from '@portreeve/envelope'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import {
  type BatchHandler,
  hasRecordsFrom,
  type Log,
  type LogRecord,
  type PartitionRange,
  type StoredRecord,
} from '@portreeve/log'
import type { AddressUpdateAnswered, ProcessRecorded } from '@portreeve/model'
import type { ProcessStore } from '@portreeve/state'
import { noTracing, type Span, type Tracing } from '@portreeve/telemetry'
import { bodyProblems } from '../canonical-body.ts'
import { type BrokerEvents, describe } from '../events.ts'
import { asInvalid } from '../invalid-record.ts'
import { fromRecord, keyOf } from '../message-record.ts'
import type { Hold } from './judge.ts'
import { intakeGroup, processRecord, processTopic } from './process-topic.ts'
import { readInstance } from './stored-instance.ts'
import { unknownServices } from './unknown-services.ts'

export interface IntakeParts {
  readonly process: ProcessConfiguration
  readonly log: Log
  readonly store: ProcessStore
  readonly judge: (message: Message) => Promise<readonly Hold[]>
  readonly now: () => Date
  readonly events: Pick<BrokerEvents, 'invalid'>
  /** Default: none. */
  readonly tracing?: Tracing
}

const askAgainMs = 20

/**
 * Brings transactions and answers onto the processes' own topic, under the key of their instance, so that whatever an instance
 * learns comes in one order. What makes no sense goes to the Invalid Message Channel.
 */
export function intakeHandler({
  process,
  log,
  store,
  judge,
  now,
  events,
  tracing = noTracing,
}: IntakeParts): BatchHandler {
  return async ({ topic, records, signal }) => {
    if (topic === process.answers) await untilStoreKnows(await log.ranges(processTopic), signal)
    const append: LogRecord[] = []
    for (const record of records) append.push(...(await taken(record, topic)))
    return { append, finished: records.length }
  }

  async function taken(record: StoredRecord, topic: string): Promise<readonly LogRecord[]> {
    let span: Span | undefined
    try {
      const message = fromRecord(record)
      span = spanOf(message.envelope)
      // Whoever repeats something speaks to a receiver: processes have learnt it already.
      if (message.envelope.replayOf !== undefined) return []
      await refuseBadBody(message)
      return topic === process.answers ? [answer(message, span)] : await start(message, keyOf(record), span)
    } catch (error) {
      span?.fail(describe(error).code)
      // A register that is down is no fault of the message: it comes again.
      if (!isPortreeveError(error) || error.failureClass !== 'message-bad') throw error
      return [asInvalid(record, { receiver: process.name, error }, events)]
    } finally {
      span?.end()
    }
  }

  function spanOf({ type, reference, traceParent }: Envelope): Span {
    const attributes = { type, group: intakeGroup(process.name), process: process.name, reference }
    return tracing.start('process', process.name, { follows: [traceParent], attributes })
  }

  async function start(message: Message, key: string, span: Span): Promise<readonly LogRecord[]> {
    const { envelope } = message
    // A correction is a child of what it corrects, and the decision that made it is told beside it.
    if (envelope.causationId !== undefined) return []
    const body = new TextDecoder().decode(message.body)
    const holds = [...unknownServices(JSON.parse(body), process), ...(await judge(message))]
    span.set({ state: holds.length > 0 ? 'held' : 'started' })
    const event: ProcessRecorded = {
      kind: 'started',
      process: process.name,
      instance: envelope.id,
      at: now().toISOString(),
      reference: envelope.reference,
      key,
      envelope: JSON.stringify({ ...envelope, traceParent: span.traceParent }),
      body,
      holds,
    }
    const record = processRecord(key, event)
    refuseTooLarge(record, envelope.type)
    return [record]
  }

  function answer({ envelope, body }: Message, span: Span): LogRecord {
    const said: AddressUpdateAnswered = JSON.parse(new TextDecoder().decode(body))
    // A system that was to take a replay once more answers under the replay's own id.
    const requestId = repeatedId(said.requestId)
    const name = parseRequestId(requestId)
    const json = name && name.system === said.system ? store.get(name.process, name.instance) : null
    if (!name || json === null) throw new PortreeveError('PRV_BROKER_ANSWER_UNMATCHED', { system: said.system })
    const { system, status, words, code, systemReference, candidates } = said
    span.set({ state: 'answered', label: system })
    const event: ProcessRecorded = {
      kind: 'answered',
      process: name.process,
      instance: name.instance,
      at: now().toISOString(),
      system,
      requestId,
      messageId: envelope.id,
      status,
      ...(words !== undefined && { words }),
      ...(code !== undefined && { code }),
      ...(systemReference !== undefined && { systemReference }),
      ...(candidates && { candidates: [...candidates] }),
    }
    return processRecord(readInstance(json).key, event)
  }

  /** So that an instance which is not there then is not one of ours. */
  async function untilStoreKnows(ranges: readonly PartitionRange[], signal: AbortSignal): Promise<void> {
    for (const range of ranges) {
      const isBehind = () => {
        signal.throwIfAborted()
        return hasRecordsFrom(log, processTopic, range, store.position(processTopic, range.partition), signal)
      }
      while (await isBehind()) await new Promise((resolve) => setTimeout(resolve, askAgainMs))
    }
  }
}

async function refuseBadBody({ envelope: { type }, body }: Message): Promise<void> {
  const [problem] = await bodyProblems(type, body)
  if (!problem) return
  throw new PortreeveError('PRV_BROKER_BODY_INVALID', { type, path: problem.path })
}

const maxRecordBytes = 950_000

/** What holds one transaction must not hold up all that come behind it. */
function refuseTooLarge({ value }: LogRecord, type: string): void {
  const bytes = value?.byteLength ?? 0
  if (bytes > maxRecordBytes)
    throw new PortreeveError('PRV_BROKER_BODY_TOO_LARGE', { type, bytes, maxBytes: maxRecordBytes })
}
