import { PortreeveError } from '@portreeve/errors'
import type { Receiver, SendBatch, SendOutcome } from '../reliability/receiver.ts'

/**
 * How the back office takes the next call. `comes in after the next one`: no answer, and it is there once another one has been
 * sent; where a repeat would not be recognised, it is lost.
 */
export type Behaviour =
  | 'takes'
  | 'takes, but the answer is lost'
  | 'is lost on the way'
  | 'comes in after the next one'
  | 'is down'
  | 'is overloaded'
  | 'takes the first half'
  | 'breaks off after the first half'
  | 'refuses all for one'
  | 'throws a foreign error'
  | 'takes and throws a foreign error'
  | 'answers too little'

export const behaviours: readonly Behaviour[] = [
  'takes',
  'takes, but the answer is lost',
  'is lost on the way',
  'comes in after the next one',
  'is down',
  'is overloaded',
  'takes the first half',
  'breaks off after the first half',
  'refuses all for one',
  'throws a foreign error',
  'takes and throws a foreign error',
  'answers too little',
]

const noAnswer = new PortreeveError('PRV_ENDPOINTS_HTTP_NO_ANSWER', { method: 'POST', url: 'u', fault: 'cut' })
const unreachable = new PortreeveError('PRV_ENDPOINTS_HTTP_UNREACHABLE', { method: 'POST', url: 'u', fault: 'refused' })
const unreadable = new PortreeveError('PRV_VALUEBILL_MESSAGE', { id: 'R' })

export interface Abilities {
  readonly lookup: boolean
  readonly idempotentSend: boolean
  readonly keepsOrder?: boolean
}

/**
 * A back office that remembers what took effect, in order, and per batch id what it answered. Message bodies steer it: `refused` is never
 * accepted, `bad` cannot even be sent.
 */
export class KeyedBackOffice {
  readonly effects: string[] = []
  readonly calls: { readonly call: string; readonly id: string; readonly messages: readonly string[] }[] = []
  readonly #byBatch = new Map<string, Map<string, SendOutcome>>()
  readonly #script: Behaviour[]
  /** Ids that it has given an answer to, though it may have taken nothing: what comes in late under one of these is a repeat. */
  readonly #judged = new Set<string>()
  #onItsWay: SendBatch | null = null

  constructor(script: readonly Behaviour[] = []) {
    this.#script = [...script]
  }

  receiver(can: Abilities): Receiver {
    return {
      name: 'reports.voa',
      idempotentSend: can.idempotentSend,
      ...(can.keepsOrder !== undefined && { keepsOrder: can.keepsOrder }),
      send: async (batch) => {
        const late = this.#onItsWay
        this.#onItsWay = null
        try {
          return this.#send(batch, can)
        } finally {
          if (late !== null) this.#comesIn(late, can)
        }
      },
      ...(can.lookup && { lookup: async (batch: SendBatch) => this.#lookup(batch) }),
    }
  }

  #send(batch: SendBatch, can: Abilities): readonly SendOutcome[] {
    this.#note('send', batch)
    const behaviour = this.#script.shift() ?? 'takes'
    const ids = batch.messages.map((message) => message.envelope.id)
    if (behaviour === 'is down') throw unreachable
    if (behaviour === 'comes in after the next one' && can.idempotentSend) this.#onItsWay = batch
    if (behaviour === 'is lost on the way' || behaviour === 'comes in after the next one') throw noAnswer
    if (behaviour === 'throws a foreign error') throw new RangeError('something inside')
    if (behaviour === 'is overloaded') {
      return ids.map(() => ({ state: 'not-taken', error: unreachable.toJSON(), retryAfterMs: 5000 }))
    }
    this.#judged.add(batch.id)
    const known = can.idempotentSend ? this.#byBatch.get(batch.id) : undefined
    const answers = known ?? this.#take(batch, behaviour, can.keepsOrder === true)
    this.#keep(batch, answers)
    if (behaviour === 'takes, but the answer is lost' || behaviour === 'breaks off after the first half') throw noAnswer
    if (behaviour === 'takes and throws a foreign error') throw new RangeError('something inside')
    const outcomes = ids.flatMap((id) => answers.get(id) ?? [])
    return behaviour === 'answers too little' ? outcomes.slice(1) : outcomes
  }

  #comesIn(late: SendBatch, can: Abilities): void {
    if (this.#judged.has(late.id)) return
    this.#judged.add(late.id)
    this.#keep(late, this.#take(late, 'takes', can.keepsOrder === true))
  }

  /** An answer that says that all of it was not taken binds nobody. */
  #keep({ id }: SendBatch, answers: Map<string, SendOutcome>): void {
    if ([...answers.values()].some(({ state }) => state !== 'not-taken')) this.#byBatch.set(id, answers)
  }

  #take({ messages }: SendBatch, behaviour: Behaviour, keepsOrder: boolean): Map<string, SendOutcome> {
    const answers = new Map<string, SendOutcome>()
    const half = behaviour.includes('first half') ? Math.ceil(messages.length / 2) : messages.length
    const isSpoilt =
      behaviour === 'refuses all for one' && messages.some((message) => bodyOf(message.body) === 'refused')
    let stopped = false
    for (const [position, { envelope, body }] of messages.entries()) {
      const text = bodyOf(body)
      if (position >= half || stopped) answers.set(envelope.id, { state: 'not-taken', error: unreachable.toJSON() })
      else if (text === 'bad') {
        answers.set(envelope.id, { state: 'not-taken', error: unreadable.toJSON() })
        stopped = keepsOrder
      } else if (text === 'refused') {
        answers.set(envelope.id, { state: 'refused', code: '1012', reason: 'no such band' })
      } else if (isSpoilt) answers.set(envelope.id, { state: 'not-taken', error: unreadable.toJSON() })
      else {
        this.effects.push(envelope.id)
        answers.set(envelope.id, { state: 'delivered', proof: `receipt ${envelope.id}` })
      }
    }
    return answers
  }

  #lookup(batch: SendBatch): readonly SendOutcome[] {
    this.#note('lookup', batch)
    const answers = this.#byBatch.get(batch.id)
    return batch.messages.map(
      ({ envelope }) => answers?.get(envelope.id) ?? { state: 'not-taken', error: unreachable.toJSON() },
    )
  }

  #note(call: string, { id, messages }: SendBatch): void {
    this.calls.push({ call, id, messages: messages.map((message) => message.envelope.id) })
  }
}

function bodyOf(body: Uint8Array): string {
  return new TextDecoder().decode(body)
}
