import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { candidateSchema } from '../customer/candidate.ts'
import type { Immutable } from '../immutable.ts'

const closed = { additionalProperties: false }
const text = Type.String({ minLength: 1 })
const common = {
  process: text,
  /** Id of the message that the instance began with. */
  instance: text,
  /** When it was known, UTC. */
  at: text,
}
const decision = { by: text, why: text }
const person = Type.Array(candidateSchema)

const started = Type.Object(
  {
    ...common,
    kind: Type.Literal('started'),
    reference: text,
    /** Instances of one key are decided in the order in which they came. */
    key: text,
    /** Of the message that it began with, JSON. */
    envelope: text,
    /** The canonical message, JSON. */
    body: text,
    /** Rules that want a person to look; none: it passes. */
    holds: Type.Array(Type.Object({ rule: text, sentence: text, candidates: Type.Optional(person) }, closed)),
  },
  closed,
)

const decided = Type.Object({ ...common, kind: Type.Enum(['approved', 'rejected']), ...decision }, closed)

const corrected = Type.Object(
  { ...common, kind: Type.Literal('corrected'), ...decision, messageId: text, body: text },
  closed,
)

/** What delivery says of the request to one system. */
const handedOver = Type.Object(
  {
    ...common,
    kind: Type.Literal('handed-over'),
    system: text,
    requestId: text,
    outcome: Type.Enum(['delivered', 'refused', 'parked', 'unknown', 'discarded', 'not-concerned']),
    code: Type.Optional(Type.String()),
    reason: Type.Optional(Type.String()),
    proof: Type.Optional(Type.String()),
    candidates: Type.Optional(person),
  },
  closed,
)

/** What the system itself says of it, later. */
const answered = Type.Object(
  {
    ...common,
    kind: Type.Literal('answered'),
    system: text,
    requestId: text,
    messageId: text,
    status: Type.Enum(['in-progress', 'confirmed', 'rejected', 'no-match', 'several-matches']),
    systemReference: Type.Optional(Type.String()),
    code: Type.Optional(Type.String()),
    words: Type.Optional(Type.String()),
    candidates: Type.Optional(person),
  },
  closed,
)

/** What a person did about one system: dealt with it there by hand, or says who is meant and has it sent again. */
const resolved = Type.Object(
  { ...common, kind: Type.Literal('resolved'), system: text, ...decision, personReference: Type.Optional(text) },
  closed,
)

/** A durable timer has gone off. */
const due = Type.Object({ ...common, kind: Type.Literal('due'), timer: text, dueAt: text }, closed)

/** The configuration that the broker took over has the system no more. */
const systemRemoved = Type.Object(
  {
    ...common,
    kind: Type.Literal('system-removed'),
    system: text,
    /** Version of that configuration. */
    configuration: text,
  },
  closed,
)

/** Body of `portreeve.process.recorded`: one thing that an instance of a process has learnt. Its state is the fold of these. */
const processRecordedSchema = Type.Union([
  started,
  decided,
  corrected,
  handedOver,
  answered,
  resolved,
  due,
  systemRemoved,
])

export type ProcessRecorded = Immutable<Static<typeof processRecordedSchema>>

const compiled = Compile(processRecordedSchema)

export function isProcessRecorded(value: unknown): value is ProcessRecorded {
  return compiled.Check(value)
}
