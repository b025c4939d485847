import type { Emitted } from '@portreeve/adapter-sdk'
import { childEnvelope, type Envelope, type Message } from '@portreeve/envelope'
import { dataSchemaOf } from '@portreeve/model'

/** Puts the Envelope Wrapper round what adapters and steps say. */
export class MessageMaker {
  readonly #authority: string
  readonly #now: () => Date

  constructor(authority: string, now: () => Date) {
    this.#authority = authority
    this.#now = now
  }

  /** A message that begins a transaction. */
  first(emitted: Emitted, label: string, reference: string): Message {
    const envelope: Envelope = {
      id: emitted.idSeed,
      source: this.#source(label),
      type: emitted.type,
      time: this.#now().toISOString(),
      dataContentType: emitted.contentType,
      reference,
      correlationId: emitted.idSeed,
      authority: this.#authority,
      channel: 'system',
      history: [`${label}@${this.#now().toISOString()}`],
      ...dataSchema(emitted.type),
      ...emitted.attributes,
    }
    return { envelope, body: emitted.body }
  }

  /** A message that follows from another one; `reference` is the parent's unless it gets one of its own. */
  child(parent: Envelope, emitted: Emitted, step: string, reference = parent.reference): Message {
    const time = this.#now().toISOString()
    const envelope = childEnvelope(parent, {
      id: emitted.idSeed,
      source: this.#source(step),
      type: emitted.type,
      time,
      dataContentType: emitted.contentType,
      reference,
      step,
      ...dataSchema(emitted.type),
      ...emitted.attributes,
    })
    return { envelope, body: emitted.body }
  }

  #source(name: string): string {
    return `/${this.#authority.toLowerCase()}/${name}`
  }
}

/** A JSON body for `Emitted`. */
export function jsonBody(value: unknown): Pick<Emitted, 'contentType' | 'body'> {
  return { contentType: 'application/json', body: new TextEncoder().encode(JSON.stringify(value)) }
}

function dataSchema(type: string): Pick<Envelope, 'dataSchema'> {
  const id = dataSchemaOf(type)
  return id === undefined ? {} : { dataSchema: id }
}
