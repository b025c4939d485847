import { receiverPaused } from '@portreeve/configuration'
import type { Failure } from '@portreeve/core'
import type { LogRecord } from '@portreeve/log'
import type { ReceiverPaused } from '@portreeve/model'
import { jsonBody, type MessageMaker } from './message-maker.ts'
import { toRecord } from './message-record.ts'
import type { ReferenceNumbers } from './reference-numbers.ts'

/** The alert that a receiver has to be left alone: a message like any other, for a route to bring to people. */
export async function receiverPausedRecord(
  receiver: string,
  { error: { code, message: sentence, remedy } }: Failure,
  at: Date,
  { references, maker }: { references: ReferenceNumbers; maker: MessageMaker },
): Promise<LogRecord> {
  const pausedAt = at.toISOString()
  const body: ReceiverPaused = { receiver, code, sentence, remedy, pausedAt }
  const emitted = { type: receiverPaused, idSeed: `${receiver}-paused-${pausedAt}`, key: receiver, ...jsonBody(body) }
  const [reference = ''] = await references.take(1)
  return toRecord(maker.first(emitted, receiver, reference), emitted.key)
}
