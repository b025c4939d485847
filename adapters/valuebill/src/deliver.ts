import type { Outcome, OutgoingBatch } from '@portreeve/adapter-sdk'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import type { SubmissionAnswer } from './answer.ts'
import type { ValuebillClient } from './client.ts'
import { type Fault, isFault } from './errors.ts'
import { prepareBatch } from './prepare-batch.ts'
import { readOutcomes } from './read-outcomes.ts'
import type { Service } from './service.ts'
import { splitAtRepeat } from './split-at-repeat.ts'
import { submissionId } from './submission-id.ts'
import type { SubmissionHead } from './write-document.ts'

export interface DeliverOptions {
  readonly client: ValuebillClient
  readonly service: Service
  readonly from: Omit<SubmissionHead, 'at'>
}

/**
 * Sends a batch as one submission, or its first reports when it holds one identity twice. Rejects when it surely was not
 * taken and a person or the network must act first.
 */
export async function deliver(
  batch: OutgoingBatch,
  { client, service, from }: DeliverOptions,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const { distinct, identities, later } = splitAtRepeat(batch)
  const prepared = prepareBatch(distinct, from, service)
  if ('outcomes' in prepared) return [...prepared.outcomes, ...later]
  const reports = distinct.messages.length
  const id = submissionId(batch.id, from)
  const result = await answerOf(client.submit({ submissionId: id, document: prepared.document, reports }, signal))
  return [...(isFault(result) ? afterFault(result, reports) : readOutcomes(result, identities)), ...later]
}

/**
 * Asks what became of a batch. The service's word alone counts: what would be refused here today may have been sent by
 * an earlier version. Rejects when no such word came: a look-up carries nothing, so any fault only means to ask again.
 */
export async function lookUp(
  batch: OutgoingBatch,
  { client, from }: Omit<DeliverOptions, 'service'>,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const { identities, later } = splitAtRepeat(batch)
  const id = submissionId(batch.id, from)
  const result = await client.lookup(id, identities.length, signal)
  if (result === null) {
    const error = new PortreeveError('PRV_VALUEBILL_NOT_SUBMITTED', { submissionId: id }).toJSON()
    return repeat(batch.messages.length, { state: 'not-taken', error, retryAfterMs: 0 })
  }
  if (isFault(result)) throw withWait(result)
  return [...readOutcomes(result, identities), ...later]
}

/** A request that left and brought no whole answer back is a fault like an answer that cannot be read. */
async function answerOf(exchange: Promise<SubmissionAnswer | Fault>): Promise<SubmissionAnswer | Fault> {
  try {
    return await exchange
  } catch (error) {
    if (isPortreeveError(error) && error.failureClass === 'unknown-outcome') return { error }
    throw error
  }
}

/** 401, 403, 404, 413 and the like: surely not taken, and a person must act. 429 and 503: surely not taken either. */
function afterFault({ error, retryAfterMs }: Fault, reports: number): readonly Outcome[] {
  if (error.failureClass === 'operator') throw error
  if (error.failureClass === 'unknown-outcome') return repeat(reports, { state: 'unknown', error: error.toJSON() })
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs }
  return repeat(reports, { state: 'not-taken', error: error.toJSON(), ...wait })
}

/** Of a rejection, the wait that is asked for is read from its details. */
function withWait({ error, retryAfterMs }: Fault): PortreeveError {
  return retryAfterMs === undefined ? error : new PortreeveError(error.code, { ...error.details, retryAfterMs })
}

function repeat(count: number, outcome: Outcome): readonly Outcome[] {
  return Array.from({ length: count }, () => outcome)
}
