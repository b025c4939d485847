import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Static, TSchema } from 'typebox'
import type { LintProblem } from './lint-problem.ts'
import { schemaProblem } from './schema-problem.ts'
import type { YamlPath, YamlSource } from './yaml-source.ts'

const ajv = new Ajv2020({ strict: true, allErrors: true, useDefaults: true, verbose: true, allowUnionTypes: true })
ajv.addKeyword('secret')
addFormats.default(ajv)

/** Either the value, with defaults filled in (in place), or what is wrong with it. */
export type Checked<Schema extends TSchema> =
  | { readonly value: Static<Schema>; readonly problems: readonly [] }
  | { readonly value?: undefined; readonly problems: readonly LintProblem[] }

/** Checks the part of a file that stands at `path`. */
export function checkBySchema<Schema extends TSchema>(
  schema: Schema,
  value: unknown,
  source: YamlSource,
  path: YamlPath,
): Checked<Schema> {
  const validate = ajv.compile<Static<Schema>>(schema)
  if (validate(value)) return { value, problems: [] }
  const errors = validate.errors ?? []
  return {
    problems: errors.filter((error) => isTelling(error, errors)).map((error) => schemaProblem(error, source, path)),
  }
}

/**
 * Of alternatives only the one that the writer meant is of interest: the one whose type fits. When none does, the line
 * that sums up is enough.
 */
function isTelling(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  if (error.keyword === 'propertyNames') return false
  if (error.keyword === 'anyOf') return !errors.some((other) => isInside(other, error) && !isOtherType(other, errors))
  return !isOtherType(error, errors)
}

function isInside({ schemaPath }: ErrorObject, alternatives: ErrorObject): boolean {
  return schemaPath.startsWith(`${alternatives.schemaPath}/`)
}

function isOtherType(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  return (
    error.keyword === 'type' &&
    errors.some(
      (other) => other.keyword === 'anyOf' && other.instancePath === error.instancePath && isInside(error, other),
    )
  )
}
