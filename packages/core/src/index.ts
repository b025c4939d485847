export type { Attempt, Attempts } from './reliability/attempts.ts'
export { type Clock, systemClock } from './reliability/clock.ts'
export type { ParkedEntry, ParkedFailure, ParkedMessages } from './reliability/dead-letter-channel.ts'
export { createDelivery, type Delivery, type DeliveryOptions, type DeliveryResult } from './reliability/delivery.ts'
export type { DeliveryMessage, DeliveryOutcome, Place } from './reliability/delivery-message.ts'
export type { DeliveryEvent, DeliveryLimits } from './reliability/delivery-run.ts'
export { type Failure, failureOf, failureThrown, pausesReceiver } from './reliability/failure-class.ts'
export type { Receiver, SendBatch, SendOutcome } from './reliability/receiver.ts'
export { defaultRetryPolicy, nextRetry, type Retry, type RetryPolicy } from './reliability/retry.ts'
export type { SentBatch, SentBefore } from './reliability/sent-batch.ts'
export {
  batchId,
  type Collected,
  type Completeness,
  collect,
  hasRoomFor,
  isComplete,
  nothingCollected,
} from './routing/aggregator.ts'
export { type Condition, compileCondition } from './routing/condition.ts'
export { type RouterBranch, routeByContent } from './routing/content-based-router.ts'
export { passesFilter } from './routing/message-filter.ts'
export { type Chunk, type ChunkLimits, nextChunk } from './routing/splitter.ts'
