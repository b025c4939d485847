import { validateConfig } from '@portreeve/adapter-sdk'
import { PortreeveError } from '@portreeve/errors'
import { deliveryStates } from '@portreeve/model'
import { type Static, type TObject, Type } from 'typebox'
import type { Operations } from './operations.ts'

const longest = 1000
const text = Type.String({ minLength: 1, maxLength: longest })
const limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 }))
const anyText = Type.String({ maxLength: longest })
const decision = {
  receiver: text,
  key: anyText,
  /** As `deadLetter` told it: another person may have dealt with that one meanwhile. */
  messageId: anyText,
  by: text,
  why: text,
}
const judgement = { reference: text, by: text, why: text }
const moment = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z$' })
/** One receiver by its name, or all that take the type; and which messages, of which all must hold. */
const replayQuery = {
  receiver: Type.Optional(text),
  allReceivers: Type.Optional(Type.Literal(true)),
  reference: Type.Optional(text),
  type: Type.Optional(text),
  /** Accepted at or after; RFC 3339, UTC. */
  from: Type.Optional(moment),
  /** Accepted before. */
  to: Type.Optional(moment),
  /** To have effect once more where they had it already. Default: not. */
  again: Type.Optional(Type.Boolean()),
}
const closed = { additionalProperties: false }
const nothing = Type.Object({}, closed)

/** What each operation may be asked: the types are made of these. */
const schemas = {
  status: nothing,
  search: Type.Object(
    {
      uprn: Type.Optional(text),
      correlationId: Type.Optional(text),
      /** Name or SHA-256 of a submitted file. */
      file: Type.Optional(text),
      state: Type.Optional(Type.Enum([...deliveryStates, 'recorded'] as const, { type: 'string' })),
      receiver: Type.Optional(text),
      type: Type.Optional(text),
      after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
      /** Default 50. */
      limit,
    },
    closed,
  ),
  track: Type.Object(
    { reference: Type.Optional(text), messageId: Type.Optional(text) },
    { ...closed, minProperties: 1 },
  ),
  deadLetters: Type.Object(
    {
      receiver: Type.Optional(text),
      after: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
      limit,
    },
    closed,
  ),
  deadLetter: Type.Object({ receiver: text, key: decision.key }, closed),
  /** `editedBody` stands in for the body of the key's oldest message. */
  retryDeadLetter: Type.Object({ ...decision, editedBody: Type.Optional(Type.String()) }, closed),
  discardDeadLetter: Type.Object(decision, closed),
  transaction: Type.Object({ reference: text }, closed),
  transactions: Type.Object(
    { after: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })), limit },
    closed,
  ),
  decideTransaction: Type.Object(
    { ...judgement, decision: Type.Enum(['approve', 'reject'], { type: 'string' }) },
    closed,
  ),
  /** `body`: the canonical message as it should have been, JSON. */
  correctTransaction: Type.Object({ ...judgement, body: Type.String({ minLength: 2 }) }, closed),
  resolveTransaction: Type.Object({ ...judgement, system: text, personReference: Type.Optional(text) }, closed),
  previewReplay: Type.Object(replayQuery, { ...closed, minProperties: 1 }),
  startReplay: Type.Object({ ...replayQuery, by: text, why: text }, closed),
  stopReplay: Type.Object({ replay: text, by: text, why: text }, closed),
  replays: nothing,
  /** What a configuration asks for, as `planOf` says it. */
  foresee: Type.Object(
    {
      groups: Type.Array(
        Type.Object(
          { name: text, topics: Type.Array(text), startFrom: Type.Optional(Type.Literal('beginning')) },
          closed,
        ),
      ),
      retired: Type.Array(anyText),
      topics: Type.Array(Type.Object({ name: text, partitions: Type.Integer({ minimum: 1 }) }, closed)),
      processes: Type.Array(text),
    },
    closed,
  ),
  activeConfiguration: nothing,
  /** `version`: of what the person has seen; nothing is taken over when another one stands there. */
  applyConfiguration: Type.Object({ version: Type.Optional(text) }, closed),
  beginBackup: nothing,
  extendBackup: Type.Object({ id: text }, closed),
  endBackup: Type.Object({ id: text }, closed),
  check: nothing,
} satisfies Record<keyof Operations, TObject>

export type OperationName = keyof typeof schemas

/** The argument of each operation. */
export type Arguments = { readonly [Name in OperationName]: Readonly<Static<(typeof schemas)[Name]>> }

/** Every operation by name. */
export const operationNames = Object.keys(schemas) as readonly OperationName[]

/**
 * The argument of an operation as it came over the socket; nothing, where it takes none. Throws `PRV_BROKER_OPERATION_ARGUMENT`
 * with the place of the fault and without the value, which may be personal.
 */
export function readArgument<Name extends OperationName>(operation: Name, json: string): Arguments[Name] {
  const refuse = (place: string, problem: string): never => {
    throw new PortreeveError('PRV_BROKER_OPERATION_ARGUMENT', { operation, place, problem })
  }
  let argument: unknown
  try {
    argument = JSON.parse(json || 'null') ?? {}
  } catch {
    return refuse('the argument', 'is no JSON')
  }
  const [problem] = validateConfig({ config: schemas[operation] }, argument).problems
  if (problem) return refuse(problem.pointer || 'the argument', problem.sentence.replace(/\.$/, ''))
  // By its schema, just now; the compiler does not follow one that is chosen by name.
  return argument as Arguments[Name]
}
