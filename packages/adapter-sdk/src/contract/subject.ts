import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Message } from '@portreeve/envelope'
import type { Adapter, AdapterContext, Claims, OutgoingBatch, Polled } from '../adapter.ts'
import type { AdapterDeclaration } from '../declaration.ts'
import { validateConfig } from '../validate-config.ts'
import { RaisedCodes, watched } from './raised-codes.ts'
import type { StandIn } from './stand-in.ts'

/** The adapter under examination at its stand-in system, and what every examination needs. */
export class Subject implements AsyncDisposable {
  readonly declaration: AdapterDeclaration
  readonly standIn: StandIn
  readonly raised: RaisedCodes
  readonly signal: AbortSignal
  readonly #patienceMs: number
  readonly #stop = new AbortController()
  readonly #opened: Adapter[] = []

  constructor(declaration: AdapterDeclaration, standIn: StandIn, patienceMs = 10_000) {
    this.#patienceMs = patienceMs
    this.declaration = declaration
    this.standIn = standIn
    this.raised = new RaisedCodes(declaration)
    this.signal = this.#stop.signal
  }

  /** A new one, as after a restart of the broker. Everything that it raises is looked at. */
  async open(): Promise<Adapter> {
    const { config, problems } = validateConfig(this.declaration, this.standIn.config)
    if (config === undefined) throw new TypeError(`the stand-in's config is not valid: ${JSON.stringify(problems)}`)
    const context: AdapterContext = {
      label: 'contract',
      authority: 'X99000001',
      now: () => new Date(),
      signal: this.signal,
      claims: claimsInMemory(),
    }
    const adapter = await this.declaration.open(config, context)
    this.#opened.push(adapter)
    return watched(adapter, this.raised)
  }

  /** A member that the stand-in must have for what the adapter declares. */
  needed<Name extends 'message' | 'effects' | 'put' | 'document' | 'questions'>(
    name: Name,
  ): NonNullable<StandIn[Name]> {
    const member = this.standIn[name]
    if (!member) throw new TypeError(`an adapter with these capabilities needs a stand-in with "${name}"`)
    return member.bind(this.standIn) as NonNullable<StandIn[Name]>
  }

  async effectsOf(messages: readonly Message[]): Promise<readonly number[]> {
    const effects = this.needed('effects')
    return await Promise.all(messages.map((message) => effects(message)))
  }

  /** Polls, and polls again while nothing comes, until so many have; settles those that `settles` says. */
  async pollUntil(
    adapter: Adapter,
    cursor: string | null,
    count: number,
    settles: (polled: Polled) => boolean = () => true,
  ): Promise<{ polled: readonly Polled[]; cursor: string | null }> {
    const found: Polled[] = []
    let place = cursor
    for (const start = Date.now(); ; await sleep(20)) {
      for await (const { polled, cursor: next } of adapter.poll?.(place, this.signal) ?? []) {
        found.push(polled)
        if (settles(polled)) {
          await polled.settle({ status: 'accepted', reference: `R-${found.length}` })
          place = next ?? place
        }
        if (found.length >= count) return { polled: found, cursor: place }
      }
      if (Date.now() - start > this.#patienceMs) throw new Error(`poll brought ${found.length} of ${count} things`)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    for (const adapter of this.#opened) await adapter[Symbol.asyncDispose]()
    await this.standIn.stop()
  }
}

/** The id derives from the messages, as the broker's does. */
export function batchOf(...messages: readonly Message[]): OutgoingBatch {
  const hash = createHash('sha256')
  for (const { envelope } of messages) hash.update(`${envelope.id}\n`)
  return { id: hash.digest('hex'), messages }
}

function claimsInMemory(): Claims {
  const bodies = new Map<string, Uint8Array>()
  return {
    async put(source) {
      const body = Buffer.concat(await Array.fromAsync(source))
      const digest = createHash('sha256').update(body).digest('hex')
      bodies.set(digest, body)
      return { digest, sizeBytes: body.byteLength }
    },
    async *get(digest) {
      const body = bodies.get(digest)
      if (body) yield body
    },
  }
}
