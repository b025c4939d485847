import { createReadStream } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Adapter, AdapterContext, Emitted, Outcome, OutgoingBatch } from '@portreeve/adapter-sdk'
import type { RouteCase, ScriptedAnswer } from '@portreeve/configuration'
import type { Message } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import { jsonBody } from '../message-maker.ts'

type Given = RouteCase['given'][number]

/** What a case does with one adapter, and what comes of it. */
export interface Script {
  /** What comes in by it; documents by absolute path. */
  readonly given: readonly Given[]
  /** Canonical type that announces a document of it. */
  readonly announces: string
  readonly answers: readonly ScriptedAnswer[]
  /** Everything that it was given to send, repeats included. */
  readonly sent: Message[]
  /** Called once for each that came in. */
  readonly settled: () => void
}

/**
 * An adapter whose system is the script of a test: what comes in is given, what it answers is said. Documents are read by
 * the real adapter.
 */
export function scriptedAdapter(
  script: Script,
  { claims }: Pick<AdapterContext, 'claims'>,
  receive: Adapter['receive'],
): Adapter {
  const given = [...script.given]
  const poll: Adapter['poll'] = async function* () {
    for (let one = given.shift(); one; one = given.shift()) {
      const settle = async () => script.settled()
      yield { polled: { message: await emitted(one, script.announces, claims), settle }, cursor: null }
    }
  }
  const answers = [...script.answers]
  const answer = () => outcomeOf(answers.shift() ?? {})
  return {
    check: async () => {},
    ...(given.length > 0 && { poll }),
    ...(receive && { receive }),
    send: async ({ messages }: OutgoingBatch) => {
      script.sent.push(...messages)
      return messages.map(answer)
    },
    lookup: async ({ messages }: OutgoingBatch) => messages.map(answer),
    async [Symbol.asyncDispose]() {},
  }
}

async function emitted(given: Given, announces: string, claims: AdapterContext['claims']): Promise<Emitted> {
  const { document, inbox, type = announces, body, uprn } = given
  const attributes = { channel: 'file', ...(uprn !== undefined && { uprn }) } as const
  if (document === undefined) {
    const key = given.key ?? crypto.randomUUID()
    return { type, idSeed: crypto.randomUUID(), key, attributes, ...jsonBody(body) }
  }
  const claim = await claims.put(createReadStream(resolve(document)))
  const announced = { fileName: basename(document), ...claim, ...(inbox !== undefined && { inbox }) }
  return { type, idSeed: claim.digest, key: claim.digest, attributes, ...jsonBody(announced) }
}

function outcomeOf({ delivered, refused, notTaken, unknown }: ScriptedAnswer): Outcome {
  if (refused) return { state: 'refused', ...refused }
  if (notTaken) return { state: 'not-taken', error: new PortreeveError(notTaken).toJSON() }
  if (unknown) return { state: 'unknown', error: new PortreeveError(unknown).toJSON() }
  return { state: 'delivered', proof: delivered ?? 'by the script' }
}
