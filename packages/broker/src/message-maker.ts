import type { Emitted } from '@portreeve/adapter-sdk'
import type { AuthorityConfiguration, Configuration } from '@portreeve/configuration'
import { childEnvelope, type Envelope, type Message, replayId, withStep } from '@portreeve/envelope'
import { dataSchemaOf, eGmsOf } from '@portreeve/model'
import { newTraceParent } from '@portreeve/telemetry'

/** What of a configuration stands on every message. */
export interface MadeUnder extends Pick<Configuration, 'authority'> {
  readonly record: Pick<Configuration['record'], 'version'>
}

export interface ReplayOf {
  /** Reference of the replay. */
  readonly replay: string
  readonly receiver: string
  readonly again: boolean
}

/** Puts the Envelope Wrapper round what adapters and steps say. */
export class MessageMaker {
  #authority: AuthorityConfiguration
  readonly #now: () => Date
  #version: string | undefined

  /** `version`: of the configuration that messages are made under. */
  constructor(authority: AuthorityConfiguration, now: () => Date, version?: string) {
    this.#authority = authority
    this.#now = now
    this.#version = version
  }

  /** From now on messages are made under this configuration. */
  takeOver({ authority, record }: MadeUnder): void {
    this.#authority = authority
    this.#version = record.version
  }

  /** A message that begins a transaction, in the trace of whoever brings it, or in one of its own that nobody records. */
  first(emitted: Emitted, label: string, reference: string, traceParent = newTraceParent()): Message {
    const time = this.#now().toISOString()
    const envelope: Envelope = {
      ...this.#common(emitted, label, time),
      reference,
      correlationId: emitted.idSeed,
      authority: this.#authority.code,
      channel: 'system',
      traceParent,
      history: withStep(undefined, label, time),
      ...emitted.attributes,
    }
    return { envelope, body: emitted.body }
  }

  /** A message that follows from another one; `reference` is the parent's unless it gets one of its own. */
  child(parent: Envelope, emitted: Emitted, step: string, reference = parent.reference): Message {
    const common = this.#common(emitted, step, this.#now().toISOString())
    return {
      envelope: childEnvelope(parent, { ...common, reference, step, ...emitted.attributes }),
      body: emitted.body,
    }
  }

  /** The envelope under which a message goes to one receiver once more: a child of the message. */
  replay(of: Envelope, { replay, receiver, again }: ReplayOf): Envelope {
    const { type, subject, dataSchema, dataContentType } = of
    const step = `replay.${replay}`
    return childEnvelope(of, {
      id: replayId(of.id, replay),
      source: `/${this.#authority.code.toLowerCase()}/${step}`,
      type,
      time: this.#now().toISOString(),
      dataContentType,
      ...(subject !== undefined && { subject }),
      ...(dataSchema !== undefined && { dataSchema }),
      step,
      replayOf: of.id,
      replayTo: receiver,
      ...(again && { replayAgain: 'yes' }),
      ...(this.#version !== undefined && { configuration: this.#version }),
    })
  }

  #common({ idSeed, type, contentType }: Emitted, maker: string, time: string) {
    const dataSchema = dataSchemaOf(type)
    const eGms = eGmsOf(type)
    return {
      id: idSeed,
      source: `/${this.#authority.code.toLowerCase()}/${maker}`,
      type,
      time,
      dataContentType: contentType,
      ...(dataSchema !== undefined && { dataSchema }),
      ...(eGms && { egms: { creator: this.#authority.name, ...eGms } }),
      ...(this.#version !== undefined && { configuration: this.#version }),
    }
  }
}

/** A JSON body for `Emitted`. */
export function jsonBody(value: unknown): Pick<Emitted, 'contentType' | 'body'> {
  return { contentType: 'application/json', body: new TextEncoder().encode(JSON.stringify(value)) }
}
