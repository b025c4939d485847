import type { ErrorObject } from 'ajv'

/** A broken rule of a JSON Schema, and a sentence about it. */
export interface JsonSchemaFault {
  readonly rule: string
  readonly sentence: string
}

type Meaning = (subject: string, param: string, says: string) => string

/** By keyword of JSON Schema 2020-12 (validation vocabulary). */
const meanings: Readonly<Record<string, Meaning>> = {
  required: (subject, param) => `${subject} lacks ${param}. Add it.`,
  'required one of': (subject, param) => `${subject} needs at least one of ${param}. Add one of them.`,
  additionalProperties: (subject, param) => `${subject} has ${param}, which it may not have. Take it out.`,
  unevaluatedProperties: (subject, param) => `${subject} has ${param}, which it may not have. Take it out.`,
  type: (subject, param, says) => `${subject} must be of the type ${param}${says}. Correct it.`,
  enum: (subject, param, says) => `${subject} must be one of ${param}${says}. Choose another.`,
  const: (subject, param, says) => `${subject} must be ${param}${says}. Correct it.`,
  pattern: (subject, param, says) =>
    `${subject} is not in a form that is allowed${says}. Correct it to fit the pattern ${param}.`,
  format: (subject, param, says) => `${subject} must be in the format ${param}${says}. Correct it.`,
  maxLength: (subject, param) => `${subject} may have at most ${param} characters. Shorten it.`,
  minLength: (subject, param) => `${subject} must have at least ${param} characters. Complete it.`,
  maximum: (subject, param, says) => `${subject} must be at most ${param}${says}. Correct it.`,
  minimum: (subject, param, says) => `${subject} must be at least ${param}${says}. Correct it.`,
  exclusiveMaximum: (subject, param, says) => `${subject} must be less than ${param}${says}. Correct it.`,
  exclusiveMinimum: (subject, param, says) => `${subject} must be more than ${param}${says}. Correct it.`,
  maxItems: (subject, param) => `${subject} may have at most ${param} entries. Take some out.`,
  minItems: (subject, param) => `${subject} must have at least ${param} entries. Add what is missing.`,
}

/** The keywords whose rule is told with its bound: `maxLength 25`. */
const bounded = /^(?:max|min|exclusive)/

/** `value`: `undefined` where there is none to tell; `null` where it is not to be told. */
export function jsonSchemaFault(
  { keyword, params, instancePath, message }: ErrorObject,
  value: string | undefined | null,
): JsonSchemaFault {
  const param = value === null ? toldName(paramOf(params), params) : paramOf(params)
  const subject = instancePath === '' ? 'The message' : instancePath.slice(instancePath.lastIndexOf('/') + 1)
  const says = value === null ? '' : value === undefined ? '; it has none' : `; it says '${value}'`
  return {
    rule: bounded.test(keyword) ? `${keyword} ${param}` : keyword,
    sentence:
      meanings[keyword]?.(subject, param, says) ?? `${subject} ${message ?? 'does not keep the schema'}. Correct it.`,
  }
}

/** Where values are not told, a name that nobody has declared is told only if it looks like one. */
function toldName(param: string, { additionalProperty, unevaluatedProperty }: Record<string, unknown>): string {
  const isDeclared = additionalProperty === undefined && unevaluatedProperty === undefined
  return isDeclared || /^[A-Za-z_-]{1,40}$/.test(param) ? param : 'a property'
}

function paramOf(params: Record<string, unknown>): string {
  const {
    limit,
    missingProperty,
    additionalProperty,
    unevaluatedProperty,
    type,
    allowedValues,
    allowedValue,
    pattern,
    format,
  } = params
  const param =
    limit ??
    missingProperty ??
    additionalProperty ??
    unevaluatedProperty ??
    type ??
    allowedValues ??
    allowedValue ??
    pattern ??
    format
  return Array.isArray(param) ? param.map(String).join(', ') : String(param)
}
