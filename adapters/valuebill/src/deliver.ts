import type { Outcome, OutgoingBatch } from '@portreeve/adapter-sdk'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import type { ValuebillClient } from './client.ts'
import { type Fault, isFault } from './errors.ts'
import { prepareBatch } from './prepare-batch.ts'
import { isRefusedAsWhole, type ReportIdentity, readOutcomes } from './read-outcomes.ts'
import type { Service } from './service.ts'
import { splitAtRepeat } from './split-at-repeat.ts'
import { idBeforeTurns, lastTurn, submissionId, type Turn, type Turns } from './turns.ts'
import type { SubmissionHead } from './write-document.ts'

export interface DeliverOptions {
  readonly client: ValuebillClient
  readonly service: Service
  readonly from: Omit<SubmissionHead, 'at'>
  readonly turns: Turns
}

/**
 * Sends a batch as one submission, or its first reports when it holds one identity twice. Rejects when it surely was not
 * taken and a person or the network must act first.
 */
export async function deliver(
  batch: OutgoingBatch,
  { client, service, from, turns }: DeliverOptions,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const { distinct, identities, later } = splitAtRepeat(batch)
  const prepared = prepareBatch(distinct, from, service)
  if ('outcomes' in prepared) return [...prepared.outcomes, ...later]
  const reports = distinct.messages.length
  const known = turns.of(batch.id)
  const turn = known ?? 1
  const submission = { submissionId: submissionId(batch.id, turn), document: prepared.document, reports }
  const result = await answerOf(client.submit(submission, signal))
  if (isFault(result)) return [...afterFault(result, reports), ...later]
  // Refused in the first turn, it may have been so in an earlier run, and taken in a later turn.
  const last =
    known === undefined
      ? await answerOf(lastWord(batch, identities, { turn, answer: result }, client, signal))
      : { turn, answer: result }
  if (isFault(last)) return [...afterFault(last, reports), ...later]
  return [...outcomesOf(batch, identities, last, { service, turns }), ...later]
}

/**
 * Asks what became of a batch. The service's word alone counts: what would be refused here today may have been sent by
 * an earlier version. Rejects when no such word came: a look-up carries nothing, so any fault only means to ask again.
 */
export async function lookUp(
  batch: OutgoingBatch,
  { client, service, from, turns }: DeliverOptions,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const { identities, later } = splitAtRepeat(batch)
  const known = turns.of(batch.id)
  const id = submissionId(batch.id, known ?? 1)
  const ask = (asked: string) => client.lookup(asked, identities.length, signal)
  const now = await ask(id)
  const answer = now === null && known === undefined ? await ask(idBeforeTurns(batch.id, from)) : now
  if (answer === null) {
    const error = new PortreeveError('PRV_VALUEBILL_NOT_SUBMITTED', { submissionId: id })
    return repeat(batch.messages.length, { state: 'not-taken', error: error.toJSON(), retryAfterMs: 0 })
  }
  if (isFault(answer)) throw withWait(answer)
  const turn = now === null ? 0 : (known ?? 1)
  const last = await lastWord(batch, identities, { turn, answer }, client, signal)
  if (isFault(last)) throw withWait(last)
  return [...outcomesOf(batch, identities, last, { service, turns }), ...later]
}

/** What was refused as a whole may have been judged anew since. */
async function lastWord(
  { id }: OutgoingBatch,
  identities: readonly ReportIdentity[],
  first: Turn,
  client: ValuebillClient,
  signal: AbortSignal,
): Promise<Turn | Fault> {
  if (!isRefusedAsWhole(first.answer, identities)) return first
  return lastTurn(first, (turn) => client.lookup(submissionId(id, turn), identities.length, signal))
}

function outcomesOf(
  { id }: OutgoingBatch,
  identities: readonly ReportIdentity[],
  { turn, answer }: Turn,
  { service, turns }: Pick<DeliverOptions, 'service' | 'turns'>,
): readonly Outcome[] {
  if (isRefusedAsWhole(answer, identities)) turns.set(id, turn + 1)
  else turns.clear()
  return readOutcomes(answer, identities, service.codes)
}

/** A request that left and brought no whole answer back is a fault like an answer that cannot be read. */
async function answerOf<Answer>(exchange: Promise<Answer | Fault>): Promise<Answer | Fault> {
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
