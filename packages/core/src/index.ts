/**
 * Enterprise Integration Patterns (Hohpe and Woolf), pure: no log, no store, no adapter. Where each lives:
 *
 * - Content-Based Router, Message Filter, Aggregator: `routing/`, each in the file of its name
 * - Splitter: `broker/splitter-consumer.ts`, a chunk at a time by `routing/next-chunk.ts`
 * - Message Translator: `transformation/message-translator.ts`; `broker/translate.ts` gives it the canonical forms
 * - Idempotent Receiver: `reliability/idempotent-receiver.ts`; `broker/acceptance.ts` puts it before the log
 * - Dead Letter Channel, Invalid Message Channel: `reliability/`, each in the file of its name
 * - failure classes with retry: `reliability/failure-class.ts`, `retry.ts`, `circuit-breaker.ts`
 * - Envelope Wrapper and Message History: the room `envelope`, for a history is a header (ADR 1)
 * - Process Manager: `process/process-manager.ts`, a fold; `broker` feeds it from the process's own topic
 * - Claim Check: the room `claim-check`, for it is a store
 */
export { type EmailValues, emailValues } from './process/email-values.ts'
export type { ProcessDefinition, ProcessSystem } from './process/process-definition.ts'
export type { EmailEffect, ProcessEffect, RequestEffect } from './process/process-effect.ts'
export {
  isDone,
  type ProcessInstance,
  type ProcessStage,
  type ProcessStep,
  type SystemProgress,
  type SystemState,
} from './process/process-instance.ts'
export { type Advanced, advance, type ProcessInstances } from './process/process-manager.ts'
export { parseRequestId, type RequestName, requestId } from './process/request-id.ts'
export { afterWorkingDays, ukDay } from './process/working-days.ts'
export type { Attempt, Attempts } from './reliability/attempts.ts'
export type { Clock } from './reliability/clock.ts'
export type { ParkedEntry, ParkedFailure, ParkedMessages } from './reliability/dead-letter-channel.ts'
export { createDelivery, type Delivery, type DeliveryOptions, type DeliveryResult } from './reliability/delivery.ts'
export type { DeliveryMessage, DeliveryOutcome, Place } from './reliability/delivery-message.ts'
export type { DeliveryEvent, DeliveryLimits } from './reliability/delivery-run.ts'
export { type Failure, failureOf } from './reliability/failure-class.ts'
export {
  IdempotentReceiver,
  type Published,
  type Received,
  type SeenMessage,
  type SeenMessages,
} from './reliability/idempotent-receiver.ts'
export { type InvalidMessage, invalidMessage, type UnreadableRecord } from './reliability/invalid-message-channel.ts'
export type { Receiver, SendBatch, SendOutcome } from './reliability/receiver.ts'
export type { Retry, RetryPolicy } from './reliability/retry.ts'
export type { SentBatch, SentBefore } from './reliability/sent-batch.ts'
export { type Condition, compileCondition, type Facts } from './routing/condition.ts'
export { type RouterBranch, routeByContent } from './routing/content-based-router.ts'
export { passesFilter } from './routing/message-filter.ts'
export { type Chunk, type ChunkLimits, nextChunk } from './routing/next-chunk.ts'
export { type BodyWriter, translateMessage } from './transformation/message-translator.ts'
