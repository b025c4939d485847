import { PortreeveError } from '@portreeve/errors'

/** Settings of librdkafka, by its own names. */
export type Settings = Readonly<Record<string, unknown>>

export interface RawError {
  readonly message: string
  readonly code: number
  readonly isFatal?: boolean
  readonly isRetriable?: boolean
  readonly isTxnRequiresAbort?: boolean
}

export interface RawPlace {
  readonly topic: string
  readonly partition: number
}

export interface RawOffset extends RawPlace {
  /** Negative where there is none. */
  readonly offset: number
}

/** One name and its value. */
export type RawHeader = Readonly<Record<string, Buffer | string>>

export interface RawMessage extends RawOffset {
  readonly key?: Buffer | string | null
  readonly value: Buffer | null
  readonly headers?: readonly RawHeader[]
  readonly timestamp?: number
}

export type Done<Result = unknown> = (error: RawError | null | undefined, result: Result) => void

interface RawClient {
  connect(options: { readonly timeout?: number }, done: Done): unknown
  queryWatermarkOffsets(
    topic: string,
    partition: number,
    timeoutMs: number,
    done: Done<{ readonly lowOffset: number; readonly highOffset: number }>,
  ): unknown
  on(event: string, listener: (...told: never[]) => void): unknown
}

export interface RawConsumer extends RawClient {
  disconnect(done: Done): unknown
  subscribe(topics: readonly string[]): unknown
  unsubscribe(): unknown
  assign(places: readonly (RawPlace | RawOffset)[]): unknown
  unassign(): unknown
  incrementalAssign(places: readonly (RawPlace | RawOffset)[]): unknown
  incrementalUnassign(places: readonly RawPlace[]): unknown
  rebalanceProtocol(): string
  consume(atMost: number, done: Done<readonly RawMessage[]>): unknown
  setDefaultConsumeTimeout(ms: number): unknown
  pause(places: readonly RawPlace[]): unknown
  resume(places: readonly RawPlace[]): unknown
  seek(place: RawOffset, timeoutMs: number, done: Done): unknown
  committed(places: readonly RawPlace[], timeoutMs: number, done: Done<readonly RawOffset[]>): unknown
  commitSync(places: readonly RawOffset[]): unknown
  offsetsForTimes(places: readonly RawOffset[], timeoutMs: number, done: Done<readonly RawOffset[]>): unknown
}

export interface RawProducer extends RawClient {
  disconnect(flushTimeoutMs: number, done: Done): unknown
  setPollInterval(ms: number): unknown
  poll(): unknown
  produce(
    topic: string,
    partition: number,
    value: Buffer | null,
    key: Buffer | null,
    timestamp: null,
    opaque: unknown,
    headers: readonly RawHeader[],
  ): unknown
  flush(timeoutMs: number, done: Done): unknown
  getMetadata(options: { readonly topic: string; readonly timeout: number }, done: Done): unknown
  initTransactions(timeoutMs: number, done: Done): unknown
  beginTransaction(done: Done): unknown
  commitTransaction(timeoutMs: number, done: Done): unknown
  abortTransaction(timeoutMs: number, done: Done): unknown
  sendOffsetsToTransaction(offsets: readonly RawOffset[], consumer: RawConsumer, timeoutMs: number, done: Done): unknown
}

/** What is used of `node-rdkafka`: a client with the same calls could take its place. */
export interface Rdkafka {
  readonly KafkaConsumer: new (settings: Settings, topicSettings: Settings) => RawConsumer
  readonly Producer: new (settings: Settings, topicSettings: Settings) => RawProducer
}

/** Rejects with `PRV_KAFKA_NOT_BUILT` where the native part is missing. */
export async function loadRdkafka(): Promise<Rdkafka> {
  try {
    const { default: client }: { default: unknown } = await import('node-rdkafka')
    return client as Rdkafka
  } catch (error) {
    throw new PortreeveError('PRV_KAFKA_NOT_BUILT', {}, { cause: error })
  }
}

/** One call with a callback, awaited. Rejects with what the client said. */
export function call<Result>(make: (done: Done<Result>) => unknown): Promise<Result> {
  return new Promise((resolve, reject) => {
    make((error, result) => {
      if (error) reject(error)
      else resolve(result)
    })
  })
}

export function isRawError(error: unknown): error is RawError {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number'
}
