import { validateConfig } from '@portreeve/adapter-sdk'
import { PortreeveError } from '@portreeve/errors'
import { deliveryStates } from '@portreeve/model'
import { type TObject, Type } from 'typebox'
import type { Operations } from './operations.ts'

const longest = 1000
const text = Type.String({ minLength: 1, maxLength: longest })
const limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 }))
const anyText = Type.String({ maxLength: longest })
const decision = { receiver: text, key: anyText, messageId: anyText, by: text, why: text }
const closed = { additionalProperties: false }
const nothing = Type.Object({}, closed)

/** What each operation may be asked; the type makes leaving one out an error. */
const schemas: Record<keyof Operations, TObject> = {
  status: nothing,
  search: Type.Object(
    {
      uprn: Type.Optional(text),
      correlationId: Type.Optional(text),
      file: Type.Optional(text),
      state: Type.Optional(Type.Enum(deliveryStates, { type: 'string' })),
      receiver: Type.Optional(text),
      type: Type.Optional(text),
      after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
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
  retryDeadLetter: Type.Object({ ...decision, editedBody: Type.Optional(Type.String()) }, closed),
  discardDeadLetter: Type.Object(decision, closed),
  check: nothing,
}

/** Every operation by name. */
export const operationNames = Object.keys(schemas) as readonly (keyof Operations)[]

/**
 * The argument of an operation as it came over the socket; nothing, where it takes none. Throws `PRV_BROKER_OPERATION_ARGUMENT`
 * with the place of the fault and without the value, which may be personal.
 */
export function readArgument(operation: keyof Operations, json: string): unknown {
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
  return problem === undefined
    ? argument
    : refuse(problem.pointer || 'the argument', problem.sentence.replace(/\.$/, ''))
}
