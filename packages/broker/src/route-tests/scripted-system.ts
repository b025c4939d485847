import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import {
  type Adapter,
  type AdapterContext,
  type AdapterDeclaration,
  answerQuestions,
  type Outcome,
  type OutgoingBatch,
} from '@portreeve/adapter-sdk'
import type { RegisterAnswers, ScriptedAnswer } from '@portreeve/configuration'
import type { Message } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import { jsonBody } from '../message-maker.ts'
import { CaseInbox } from './case-inbox.ts'

export interface SystemScript {
  readonly label: string
  readonly declaration: AdapterDeclaration
  readonly answers: readonly ScriptedAnswer[]
  readonly registers: RegisterAnswers
}

const somebody = { personReference: 'P-1', description: 'The one who is meant.' }

/** A system as a case plays it: what comes in is given, what it answers is said. Documents are read by the real adapter. */
export class ScriptedSystem {
  readonly inbox = new CaseInbox()
  /** Everything that it was given to send, repeats included. */
  readonly sent: Message[] = []
  readonly #script: SystemScript
  readonly #answers: ScriptedAnswer[]
  #claims: AdapterContext['claims'] | undefined

  constructor(script: SystemScript) {
    this.#script = script
    this.#answers = [...script.answers]
  }

  get polls(): boolean {
    return this.#script.declaration.capabilities.poll
  }

  async open(config: Parameters<AdapterDeclaration['open']>[0], context: AdapterContext): Promise<Adapter> {
    const { declaration } = this.#script
    const { capabilities } = declaration
    this.#claims = context.claims
    const receive = capabilities.receive ? (await declaration.open(config, context)).receive : undefined
    return {
      check: async () => {},
      ...(capabilities.poll && { poll: this.inbox.poll }),
      ...(receive && { receive }),
      ...(capabilities.request && { request: this.#request() }),
      send: async ({ messages }: OutgoingBatch) => {
        this.sent.push(...messages)
        return messages.map(() => this.#outcome())
      },
      lookup: async ({ messages }: OutgoingBatch) => messages.map(() => this.#outcome()),
      async [Symbol.asyncDispose]() {},
    }
  }

  /** Stages a file and announces it, as the adapter would. */
  async bringDocument(document: string): Promise<void> {
    const { label, declaration } = this.#script
    if (!this.#claims) throw new TypeError(`${label} is not open`)
    const claim = await this.#claims.put(createReadStream(document))
    const announced = { fileName: basename(document), ...claim, inbox: label }
    this.inbox.bring({
      type: declaration.emits[0] ?? '',
      idSeed: claim.digest,
      key: claim.digest,
      attributes: { channel: 'file' },
      ...jsonBody(announced),
    })
  }

  #request(): NonNullable<Adapter['request']> {
    const { address = { known: true }, persons = [somebody] } = this.#script.registers
    const { known, capacity = null, occupants = null } = address
    return answerQuestions({
      address: async () => ({ known, capacity, occupants }),
      persons: async () => ({ candidates: persons }),
    })
  }

  #outcome(): Outcome {
    const { delivered, refused, notTaken, unknown } = this.#answers.shift() ?? {}
    if (refused) return { state: 'refused', ...refused }
    if (notTaken) return { state: 'not-taken', error: new PortreeveError(notTaken).toJSON() }
    if (unknown) return { state: 'unknown', error: new PortreeveError(unknown).toJSON() }
    return { state: 'delivered', proof: delivered ?? 'by the script' }
  }
}
