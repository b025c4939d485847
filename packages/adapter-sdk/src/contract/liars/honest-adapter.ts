import { setTimeout as sleep } from 'node:timers/promises'
import type { Message } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import { Type } from 'typebox'
import type { Adapter, Received } from '../../adapter.ts'
import type { AdapterDeclaration, Capabilities } from '../../declaration.ts'
import type { Outcome } from '../../outcome.ts'
import { answerQuestions } from '../../question.ts'
import type { AdapterHarness, StandIn, StandInQuestion } from '../stand-in.ts'

const unreachable = () => new PortreeveError('PRV_ENDPOINTS_HTTP_UNREACHABLE', { method: 'POST', url: 'u', fault: 'f' })
const login = () => new PortreeveError('PRV_VALUEBILL_LOGIN', { user: 'BA9999', status: 401 })

/** A system that is nothing but its memory. */
export class PigeonHoles {
  readonly taken = new Map<string, number>()
  readonly answers = new Map<string, readonly Outcome[]>()
  readonly things: string[] = []
  how: 'well' | 'down' | 'silent' | 'refuses the login' = 'well'
  checks = 0

  async reach(signal: AbortSignal): Promise<void> {
    if (this.how === 'down') throw unreachable()
    if (this.how === 'refuses the login') throw login()
    if (this.how !== 'silent') return
    await sleep(2000, undefined, { signal }).catch(() => {})
    throw new PortreeveError('PRV_ENDPOINTS_HTTP_NO_ANSWER', { method: 'POST', url: 'u', fault: 'silence' })
  }

  take(id: string): Outcome {
    if (id.startsWith('bad')) return { state: 'refused', code: '1', reason: 'bad' }
    this.taken.set(id, (this.taken.get(id) ?? 0) + 1)
    return { state: 'delivered', proof: `receipt of ${id}` }
  }
}

const systems = new Map<string, PigeonHoles>()

export const config = Type.Object(
  {
    baseUrl: Type.String({ description: 'Where the system is.' }),
    password: Type.String({ description: 'Of the login.', secret: true }),
  },
  { additionalProperties: false },
)

export const everything: Capabilities = {
  poll: true,
  receive: true,
  send: true,
  idempotentSend: true,
  lookup: true,
  keepsOrder: true,
  request: true,
}

/** An adapter that keeps every promise. `lies` replaces what it does. */
export function adapterWith(
  lies: (system: PigeonHoles, honest: Adapter) => Partial<Adapter> = () => ({}),
  declared: Partial<AdapterDeclaration<typeof config>> = {},
): AdapterDeclaration<typeof config> {
  const capabilities = declared.capabilities ?? everything
  return {
    name: 'pigeon-holes',
    summary: 'Puts everything where it belongs.',
    status: 'experimental',
    sources: [{ title: 'None', where: 'here' }],
    config,
    emits: ['pigeon.letter.found'],
    accepts: ['pigeon.letter.written'],
    errors: ['PRV_VALUEBILL_LOGIN'],
    examples: [{ title: 'One', config: { baseUrl: 'http://localhost', password: 'tide' } }],
    ...declared,
    capabilities,
    async open({ baseUrl }) {
      const system = systems.get(baseUrl) ?? new PigeonHoles()
      const honest = honestAdapter(system, capabilities)
      return { ...honest, ...lies(system, honest) }
    },
  }
}

function honestAdapter(
  system: PigeonHoles,
  { poll, receive, send, lookup, idempotentSend, request }: Capabilities,
): Adapter {
  return {
    check: (signal) => system.reach(signal),
    ...(poll && { poll: (cursor: string | null, signal: AbortSignal) => found(system, cursor, signal) }),
    ...(receive && {
      receive: {
        check: async (source) => {
          const text = await textOf(source)
          return text.includes('!')
            ? { identity: {}, problems: [{ code: 'X', path: '', rule: 'r', sentence: 's' }] }
            : null
        },
        records: async function* (source, { fromIndex = 0, documentId }) {
          for (const [index, word] of (await textOf(source)).split(' ').entries()) {
            if (index >= fromIndex)
              yield { index, message: letterFound(`${documentId}-${index}`, word) } satisfies Received
          }
        },
      },
    }),
    ...(send && {
      async send({ id, messages }, signal) {
        await system.reach(signal)
        const known = idempotentSend ? system.answers.get(id) : undefined
        const answers = known ?? messages.map(({ envelope }) => system.take(envelope.id))
        system.answers.set(id, answers)
        return answers
      },
    }),
    ...(lookup && {
      async lookup({ id, messages }, signal) {
        await system.reach(signal)
        const error = unreachable().toJSON()
        return system.answers.get(id) ?? messages.map(() => ({ state: 'not-taken', error }))
      },
    }),
    ...(request && {
      request: answerQuestions({
        async address({ uprn }, signal) {
          await system.reach(signal)
          return { known: uprn === '1', capacity: null, occupants: null }
        },
        async persons({ personFamilyName }, signal) {
          await system.reach(signal)
          return { candidates: personFamilyName === 'Osk' ? [osk] : [] }
        },
      }),
    }),
    [Symbol.asyncDispose]: async () => {},
  }
}

function letterFound(idSeed: string, word: string) {
  const body = new TextEncoder().encode(word)
  return { type: 'pigeon.letter.found', idSeed, key: idSeed, contentType: 'text/plain', body }
}

async function* found(system: PigeonHoles, cursor: string | null, signal: AbortSignal) {
  await system.reach(signal)
  for (const [index, thing] of system.things.entries()) {
    if (cursor !== null && index <= Number(cursor)) continue
    yield { polled: { message: letterFound(thing, thing), settle: async () => {} }, cursor: String(index) }
  }
}

async function textOf(source: AsyncIterable<Uint8Array>): Promise<string> {
  return Buffer.concat(await Array.fromAsync(source)).toString()
}

/** One address and one person are known. */
const osk = { personReference: 'P-1', description: 'Ada Osk' }
const questions: readonly StandInQuestion[] = [
  { question: { kind: 'address', uprn: '1' }, answer: { known: true, capacity: null, occupants: null } },
  { question: { kind: 'address', uprn: '2' }, answer: { known: false, capacity: null, occupants: null } },
  { question: { kind: 'persons', personFamilyName: 'Osk', personGivenName: 'Ada' }, answer: { candidates: [osk] } },
  { question: { kind: 'persons', personFamilyName: 'Nemo', personGivenName: 'Ada' }, answer: { candidates: [] } },
]

export function pigeonHolesHarness(): AdapterHarness {
  return {
    patienceMs: 200,
    async start(): Promise<StandIn> {
      const baseUrl = `http://${systems.size}`
      const system = new PigeonHoles()
      systems.set(baseUrl, system)
      const become = (how: PigeonHoles['how']) => () => {
        system.how = how
      }
      return {
        config: { baseUrl, password: 'tide-and-time' },
        misbehave: {
          down: become('down'),
          silent: become('silent'),
          'refuses the login': become('refuses the login'),
        },
        message: (kind, number) => letter(`${kind}-${number}`),
        effects: ({ envelope }) => system.taken.get(envelope.id) ?? 0,
        put: (number) => void system.things.push(`thing ${number}`),
        document: (kind) => ({
          bytes: Buffer.from(kind === 'good' ? 'one two three four' : 'one!'),
          contentType: 'text/plain',
          records: 4,
        }),
        questions: () => questions,
        state: () => `${system.taken.size} ${system.checks}`,
        stop: () => void systems.delete(baseUrl),
      }
    },
  }
}

function letter(id: string): Message {
  return {
    envelope: {
      id,
      source: '/x99000001/pigeon',
      type: 'pigeon.letter.written',
      time: '2026-03-01T09:30:00Z',
      dataContentType: 'text/plain',
      reference: 'R',
      correlationId: id,
      authority: 'X99000001',
      channel: 'post',
    },
    body: new Uint8Array(),
  }
}
