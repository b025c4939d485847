import { setTimeout as sleep } from 'node:timers/promises'
import { PortreeveError } from '@portreeve/errors'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import type { Adapter } from '../adapter.ts'
import type { AdapterDeclaration } from '../declaration.ts'
import { adapterContract, examine } from './adapter-contract.ts'
import { type AdapterPromise, type FlaggedPromise, promiseFor } from './adapter-promise.ts'
import { adapterWith, config, everything, type PigeonHoles, pigeonHolesHarness } from './liars/honest-adapter.ts'
import * as abort from './promises/abort.ts'
import * as batch from './promises/batch.ts'
import * as check from './promises/check.ts'
import * as declaration from './promises/declaration.ts'
import * as dispose from './promises/dispose.ts'
import * as lookup from './promises/lookup.ts'
import * as methods from './promises/methods.ts'
import * as poll from './promises/poll.ts'
import * as receive from './promises/receive.ts'
import * as repeat from './promises/repeat.ts'
import * as request from './promises/request.ts'
import { promises } from './promises.ts'

type Lies = (system: PigeonHoles, honest: Adapter) => Partial<Adapter>
type Declared = Partial<AdapterDeclaration<typeof config>>
type Liar = [lie: string, breaks: AdapterPromise | FlaggedPromise, lies: Lies, declared?: Declared]

const none: Lies = () => ({})
const delivered = { state: 'delivered', proof: 'believe me' } as const
const without = (name: keyof typeof everything) => ({ ...everything, [name]: false })
const withField = (name: string, schema: object) =>
  Type.Object(
    { ...config.properties, [name]: Type.Optional(Type.Unsafe<string>(schema)) },
    { additionalProperties: false },
  )

const liars: readonly Liar[] = [
  ['has a name in capitals', declaration.named, none, { name: 'Pigeon Holes' }],
  [
    'has an example with a field that is gone',
    declaration.examples,
    none,
    { examples: [{ title: 'x', config: { url: 'x' } }] },
  ],
  [
    'takes any field',
    declaration.unknownFields,
    none,
    { config: Type.Object({ ...config.properties }) as typeof config },
  ],
  [
    'does not say what a field is for',
    declaration.described,
    none,
    { config: withField('x', { type: 'string' }) as never },
  ],
  [
    'shows its token',
    declaration.secrets,
    none,
    { config: withField('accessToken', { type: 'string', description: 'x' }) as never },
  ],
  ['accepts types of its own making', declaration.types, none, { accepts: ['Letters'] }],
  ['cannot poll, but says so', methods.poll, () => ({ poll: undefined }) as never],
  [
    'polls secretly',
    methods.poll,
    (_system, honest) => ({ poll: async function* () {}, check: honest.check }),
    { capabilities: without('poll') },
  ],
  ['cannot receive, but says so', methods.receive, () => ({ receive: undefined }) as never],
  ['cannot send, but says so', methods.send, () => ({ send: undefined }) as never],
  ['looks up secretly', methods.lookup, () => ({ lookup: async () => [] }), { capabilities: without('lookup') }],
  ['promises a repeat without sending', methods.consistent, none, { capabilities: without('send') }],
  ['writes while checking', check.passes, (system) => ({ check: async () => void system.checks++ })],
  ['is content although the system is down', check.whenDown, () => ({ check: async () => {} })],
  ['is content although the system is silent', check.whenSilent, () => ({ check: async () => {} })],
  [
    'throws what it likes at a wrong login',
    check.whenLoginRefused,
    () => ({ check: () => Promise.reject(new Error('401')) }),
  ],
  ['raises a code that it does not declare', check.whenLoginRefused, none, { errors: [] }],
  [
    'begins anew after a restart',
    poll.resumes,
    (_, honest) => ({ poll: (_cursor, signal) => honest.poll?.(null, signal) ?? never() }),
  ],
  [
    'skips one after a restart',
    poll.resumes,
    (_, honest) => ({
      poll: (cursor, signal) => honest.poll?.(cursor && String(Number(cursor) + 1), signal) ?? never(),
    }),
  ],
  [
    'brings a thing but once, settled or not',
    poll.unsettled,
    (system) => ({
      poll: async function* () {
        for (const thing of system.things.splice(0, 1)) yield { polled: polled(thing), cursor: '0' }
      },
    }),
  ],
  [
    'cannot settle twice',
    poll.settledTwice,
    () => ({
      poll: async function* () {
        let left = 1
        yield { polled: { ...polled('x'), settle: async () => void (left-- > 0 || fail()) }, cursor: null }
      },
    }),
  ],
  ['brings types that it does not declare', poll.emitted, none, { emits: ['pigeon.feather.found'] }],
  [
    'loses the last record',
    receive.whole,
    (_, { receive }) => ({
      receive: { ...need(receive), records: (...given) => butLast(need(receive).records(...given)) },
    }),
  ],
  [
    'begins documents anew',
    receive.resumed,
    (_, { receive }) => ({
      receive: {
        ...need(receive),
        records: (source, { fromIndex: _, ...options }) => need(receive).records(source, options),
      },
    }),
  ],
  [
    'finds nothing wrong with a broken document',
    receive.broken,
    (_, { receive }) => ({ receive: { ...need(receive), check: async () => null } }),
  ],
  [
    'calls a batch delivered that was refused',
    batch.goodBadGood,
    () => ({ send: async ({ messages }) => messages.map(() => delivered) }),
  ],
  [
    'forgets the outcome of the bad one',
    batch.goodBadGood,
    (_, { send }) => ({
      send: async (given, signal) => (await need(send)(given, signal)).filter(({ state }) => state === 'delivered'),
    }),
  ],
  [
    'delivers nothing and says that it did',
    batch.allGood,
    () => ({ send: async ({ messages }) => messages.map(() => delivered) }),
  ],
  [
    'goes on behind a message that it left',
    batch.keepsOrder,
    (system) => ({
      send: async ({ messages }) =>
        messages.map(({ envelope: { id } }) =>
          id.startsWith('bad')
            ? { state: 'not-taken', error: new PortreeveError('PRV_VALUEBILL_LOGIN').toJSON() }
            : system.take(id),
        ),
    }),
  ],
  [
    'refuses in the name of a system that is down',
    batch.downIsNoRefusal,
    () => ({ send: async ({ messages }) => messages.map(() => ({ state: 'refused', code: '503', reason: 'down' })) }),
  ],
  [
    'counts twice what is to count once',
    repeat.sentTwice,
    (system) => ({ send: async ({ messages }) => messages.map(({ envelope }) => system.take(envelope.id)) }),
  ],
  [
    'counts once what it says it counts twice',
    repeat.sentTwice,
    (system) => ({
      send: async ({ messages }) =>
        messages.map(({ envelope }) => (system.taken.has(envelope.id) ? delivered : system.take(envelope.id))),
    }),
    { capabilities: without('idempotentSend') },
  ],
  [
    'forgets what it sent',
    lookup.sentBefore,
    (_, { lookup }) => ({ lookup: ({ messages }, signal) => need(lookup)({ id: 'another', messages }, signal) }),
  ],
  [
    'knows of what it never sent',
    lookup.neverSent,
    () => ({ lookup: async ({ messages }) => messages.map(() => delivered) }),
  ],
  [
    'takes silence for a no',
    lookup.askedWhileDown,
    () => ({
      lookup: async ({ messages }) =>
        messages.map(() => ({
          state: 'not-taken',
          error: new PortreeveError('PRV_ENDPOINTS_HTTP_UNREACHABLE').toJSON(),
        })),
    }),
  ],
  ['cannot answer questions, but says so', methods.request, () => ({ request: undefined }) as never],
  ['answers what it does not know', request.answers, () => ({ request: async () => knowing })],
  ['counts its questions in the system', request.writesNothing, (system) => ({ request: async () => asked(system) })],
  ['guesses while the system is down', request.askedWhileDown, () => ({ request: async () => knowing })],
  ['does not listen when it is told to stop', abort.aborted, () => ({ check: () => sleep(3000) })],
  [
    'fails to be disposed of twice',
    dispose.twice,
    () => {
      let left = 1
      return { [Symbol.asyncDispose]: async () => void (left-- > 0 || fail()) }
    },
  ],
]

const knowing = { known: true, capacity: 1, occupants: 1, candidates: [] }
function asked(system: PigeonHoles) {
  system.checks++
  return knowing
}
function never(): never {
  throw new TypeError('an honest adapter can do this')
}
function fail(): never {
  throw new PortreeveError('PRV_ENDPOINTS_STOPPED')
}
function need<Value>(value: Value | undefined): Value {
  return value ?? never()
}
function polled(id: string) {
  const message = {
    type: 'pigeon.letter.found',
    idSeed: id,
    key: id,
    contentType: 'text/plain',
    body: new Uint8Array(),
  }
  return { message, settle: async () => {} }
}
async function* butLast<Value>(values: AsyncIterable<Value>): AsyncIterable<Value> {
  yield* (await Array.fromAsync(values)).slice(0, -1)
}

describe('the contract suite', () => {
  for (const [lie, breaks, lies, declared] of liars) {
    const liar = adapterWith(lies, declared)
    const promise = promiseFor(breaks, liar)
    it(`objects to an adapter that ${lie}: "${promise?.title}"`, async () => {
      if (promise === null) throw new TypeError('it has promised nothing of the kind')
      await expect(examine(promise, liar, pigeonHolesHarness())).rejects.toThrow()
    })
  }

  it('has a liar for every promise', () => {
    const broken = new Set(liars.map(([, breaks]) => breaks))
    const unbroken = promises.filter((promise) => !broken.has(promise))
    expect(unbroken.map((promise) => ('flag' in promise ? promise.flag : promise.title))).toEqual([])
  })
})

describe('an honest adapter passes with every capability', () => {
  adapterContract(adapterWith(), pigeonHolesHarness())
})

describe('an honest adapter passes with no repeat, no lookup, no poll, no answers', () => {
  const capabilities = { ...everything, idempotentSend: false, lookup: false, poll: false, request: false }
  adapterContract(adapterWith(none, { capabilities }), pigeonHolesHarness())
})
