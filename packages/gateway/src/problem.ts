import { STATUS_CODES } from 'node:http'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import type { Problem } from '@portreeve/formats'
import Type, { type Static } from 'typebox'
import { BodyRefused } from './body-refused.ts'

export const problemMediaType = 'application/problem+json'

/** RFC 9457, with our code, what to do, and the places in the body. */
export const problemAnswer = Type.Object(
  {
    type: Type.String({ format: 'uri', description: 'Names the kind of problem.' }),
    title: Type.String({ description: 'The HTTP status in words.' }),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String({ description: 'What went wrong, without any value of the request.' }),
    code: Type.String({ pattern: '^PRV_[A-Z0-9_]+$', description: 'As docs/errors.md has it.' }),
    remedy: Type.String({ description: 'What to do about it.' }),
    errors: Type.Optional(
      Type.Array(
        Type.Object(
          {
            code: Type.String(),
            pointer: Type.String({ description: 'JSON Pointer (RFC 6901) into the body.' }),
            line: Type.Optional(Type.Integer({ minimum: 1 })),
            column: Type.Optional(Type.Integer({ minimum: 1 })),
            rule: Type.String({ description: 'The rule that was broken.' }),
            detail: Type.String(),
          },
          { additionalProperties: false },
        ),
        { description: 'What is wrong in the body, place by place: the first few.' },
      ),
    ),
  },
  { additionalProperties: false, title: 'Problem', description: 'Why a request was refused (RFC 9457).' },
)
export type ProblemAnswer = Static<typeof problemAnswer>

/** What a fault means to whoever sent the request. What lies behind the door is nobody's business outside. */
export function problemOf(error: unknown): ProblemAnswer {
  const told = tellable(error)
  return {
    type: `https://portreeve.example/errors/${told.code}`,
    title: STATUS_CODES[told.status] ?? 'Error',
    status: told.status,
    detail: told.message,
    code: told.code,
    remedy: told.remedy,
    ...(told instanceof BodyRefused && { errors: told.problems.map(placeInBody) }),
  }
}

const told503: ReadonlySet<string> = new Set([
  'PRV_BROKER_BUSY',
  'PRV_BROKER_DOOR_DISK_LOW',
  'PRV_BROKER_NOT_ENTERED',
  'PRV_BROKER_STARTING',
  'PRV_BROKER_STOPPING',
])

function tellable(error: unknown): PortreeveError {
  const isTold = isPortreeveError(error) && (error.status < 500 || told503.has(error.code))
  return isTold ? error : new PortreeveError('PRV_GATEWAY_UNAVAILABLE')
}

function placeInBody({ code, path, line, column, rule, sentence }: Problem) {
  return {
    code,
    pointer: namesOnly(path),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    rule,
    detail: sentence,
  }
}

/** Up to the first step that is no name of a field or index: what somebody put there may be personal. */
function namesOnly(pointer: string): string {
  const steps = pointer.split('/').slice(1)
  const until = steps.findIndex((step) => !/^[A-Za-z0-9_-]{1,40}$/.test(step))
  return (until < 0 ? steps : steps.slice(0, until)).map((step) => `/${step}`).join('')
}
