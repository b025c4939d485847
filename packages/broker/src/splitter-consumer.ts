import type { Adapter, AdapterDeclaration, Emitted, Received, ReceiveOptions, Refusal } from '@portreeve/adapter-sdk'
import { siblingType } from '@portreeve/configuration'
import { nextChunk } from '@portreeve/core'
import type { Envelope } from '@portreeve/envelope'
import { isPortreeveError } from '@portreeve/errors'
import type { Batch, BatchHandler, LogRecord, StoredRecord, WriteSet } from '@portreeve/log'
import { noTracing, type Tracing } from '@portreeve/telemetry'
import { type BrokerEvents, describe, type FileProgress } from './events.ts'
import { fitIntoRecord, fitRefusal } from './fit-into-record.ts'
import { asInvalid } from './invalid-record.ts'
import { jsonBody, type MessageMaker } from './message-maker.ts'
import { fromRecord, placeOf, toRecord } from './message-record.ts'
import { Pace } from './pace.ts'
import type { ReferenceNumbers } from './reference-numbers.ts'
import { atStart, readProgress, type SplitProgress, writeProgress } from './split-progress.ts'
import { fileOf, readSubmission, type Submission } from './submission.ts'
import { withTurns } from './with-turns.ts'

const chunk = { maxRecords: 500, maxBytes: 2 * 1024 * 1024 }

export interface SplitterOptions {
  readonly route: string
  readonly receive: NonNullable<Adapter['receive']>
  /** What the adapter's declaration says of its documents. */
  readonly documents: NonNullable<AdapterDeclaration['documents']>
  readonly claims: { get(digest: string): AsyncIterable<Uint8Array> }
  /** Whether the record at this place is the first with its envelope's id. */
  readonly isFirst: (envelope: Envelope, place: string) => Promise<boolean>
  readonly references: ReferenceNumbers
  readonly maker: MessageMaker
  readonly events: BrokerEvents
  /** Default: none. */
  readonly tracing?: Tracing
  /** Milliseconds of a clock that never goes back. Default: the process's. */
  readonly elapsedMs?: () => number
}

/** A document under way: its reader stays open between two chunks, so that it is read once. */
interface Session {
  readonly id: string
  readonly submission: Submission
  /** Of what is published: the envelope of the document, within the span of the chunk. */
  parent: Envelope
  readonly records: AsyncIterator<Received>
  progress: SplitProgress
}

/**
 * Splitter: a document becomes one message per record, a chunk at a time. Each chunk is one write set with the place
 * inside the document, so that a crash at any record goes on there: nothing twice, nothing missing.
 */
export function splitterHandler(options: SplitterOptions): BatchHandler {
  const { route, receive, claims, maker, references, events, tracing = noTracing } = options
  const sessions = new Map<number, Session>()

  return async (batch) => {
    const [record] = batch.records
    if (!record) return { append: [], finished: 0 }
    const read = submissionIn(record)
    if ('invalid' in read) return { append: [read.invalid], finished: 1 }
    const { envelope, submission } = read
    const key = envelope.id
    if (envelope.replayOf !== undefined) return { append: [], finished: 1 }
    if (!(await options.isFirst(envelope, placeOf(record)))) return { append: [], finished: 1 }

    let session = sessions.get(batch.partition)
    if (session?.id !== envelope.id || batch.metadata !== writeProgress(session.progress)) {
      await session?.records.return?.()
      sessions.delete(batch.partition)
      if (batch.metadata === null) {
        const options = readOptions(submission, envelope, batch, 'checking')
        const refusal = await receive.check(claims.get(submission.digest), options)
        if (refusal) return refuseDocument(envelope, submission, refusal)
      }
      const progress = batch.metadata === null ? atStart : readProgress(batch.metadata)
      const reading = readOptions(submission, envelope, batch, 'splitting', progress.next)
      session = {
        id: envelope.id,
        submission,
        parent: envelope,
        progress,
        records: withTurns(receive.records(claims.get(submission.digest), reading)),
      }
      sessions.set(batch.partition, session)
    }
    const { type, reference, traceParent } = envelope
    const attributes = { type, group: route, route, reference }
    const span = tracing.start('split', route, { follows: [traceParent], attributes })
    try {
      session.parent = { ...envelope, traceParent: span.traceParent }
      const writeSet = await publishChunk(session, key, batch)
      span.set({ messages: writeSet.append.length })
      return writeSet
    } catch (error) {
      span.fail(describe(error).code)
      sessions.delete(batch.partition)
      await session.records.return?.()
      throw error
    } finally {
      span.end()
    }
  }

  function submissionIn(record: StoredRecord): { envelope: Envelope; submission: Submission } | { invalid: LogRecord } {
    try {
      const { envelope, body } = fromRecord(record)
      return { envelope, submission: readSubmission(body) }
    } catch (error) {
      if (!isPortreeveError(error)) throw error
      return { invalid: asInvalid(record, { receiver: route, error }, events) }
    }
  }

  async function publishChunk(session: Session, key: string, batch: Batch): Promise<WriteSet> {
    const { items: read, done } = await nextChunk(session.records, { ...chunk, sizeOf })
    const items = read.map(fitIntoRecord)
    const numbers = await references.take(items.length)
    const append = items.map((item, position) => recordOf(session, item, numbers[position] ?? ''))
    const refused = items.filter((item) => 'refused' in item).length
    const last = items.at(-1)
    session.progress = {
      next: last ? last.index + 1 : session.progress.next,
      reports: session.progress.reports + items.length - refused,
      refused: session.progress.refused + refused,
    }
    if (!done) return { append, finished: 0, metadata: writeProgress(session.progress) }
    const { reports, refused: refusedInAll } = session.progress
    const { parent, submission } = session
    const split = maker.child(
      parent,
      {
        type: siblingType(parent.type, 'split'),
        idSeed: `${parent.id}-split`,
        key,
        ...jsonBody({ ...fileOf(submission), reports, refused: refusedInAll }),
      },
      route,
    )
    sessions.delete(batch.partition)
    events.split({ route, reference: parent.reference, reports, refused: refusedInAll })
    return { append: [...append, toRecord(split, key)], finished: 1 }
  }

  function recordOf(session: Session, item: Received, reference: string): LogRecord {
    const emitted = 'message' in item ? item.message : refusedRecord(session, item.index, item.refused)
    return toRecord(maker.child(session.parent, emitted, route, reference), emitted.key)
  }

  /** What makes no sense as a report is published as its own fact, with the reasons, for whoever sent it. */
  function refusedRecord(session: Session, index: number, refusal: Refusal): Emitted {
    return {
      type: siblingType(options.documents.recordType, 'refused'),
      idSeed: `${session.id}-${String(index).padStart(8, '0')}`,
      key: session.id,
      ...jsonBody({ ...fileOf(session.submission), index, ...refusal }),
    }
  }

  function refuseDocument(parent: Envelope, submission: Submission, refusal: Refusal): WriteSet {
    const refused = maker.child(
      parent,
      {
        type: siblingType(parent.type, 'refused'),
        idSeed: `${parent.id}-refused`,
        key: parent.id,
        ...jsonBody({ ...fileOf(submission), ...fitRefusal(refusal) }),
      },
      route,
    )
    events.refused({ route, reference: parent.reference, sentence: refusal.problems[0]?.sentence ?? '' })
    return { append: [toRecord(refused, parent.id)], finished: 1 }
  }

  /** A document is read twice: to its end, to see that it is whole, and then record by record. */
  function readOptions(
    submission: Submission,
    parent: Envelope,
    batch: Batch,
    phase: FileProgress['phase'],
    fromIndex = 0,
  ): ReceiveOptions {
    const totalBytes = submission.sizeBytes
    const pace = new Pace(totalBytes, options.elapsedMs)
    return {
      contentType: options.documents.contentType,
      documentId: submission.digest,
      documentName: submission.fileName,
      ...(submission.inbox !== undefined && { inbox: submission.inbox }),
      signal: batch.signal,
      fromIndex,
      onProgress: ({ bytesRead, recordsRead }) => {
        if (fromIndex > 0 && recordsRead <= fromIndex) pace.beginAt(bytesRead)
        events.progress({
          route,
          reference: parent.reference,
          fileName: submission.fileName,
          phase,
          bytesRead,
          totalBytes,
          percent: totalBytes > 0 ? Math.floor((100 * bytesRead) / totalBytes) : 100,
          done: phase === 'checking' ? 0 : recordsRead,
          secondsLeft: pace.secondsLeft(bytesRead),
        })
      },
    }
  }
}

function sizeOf(item: Received): number {
  return 'message' in item ? item.message.body.byteLength : (item.refused.rawReport?.length ?? 0)
}
