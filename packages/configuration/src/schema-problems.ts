import { Ajv2020, type AnySchema, type ErrorObject } from 'ajv/dist/2020.js'
import type { LintProblem } from './configuration.ts'
import type { YamlSource } from './yaml-source.ts'

const ajv = new Ajv2020({ strict: true, allErrors: true, useDefaults: true, verbose: true, allowUnionTypes: true })
ajv.addKeyword('secret')

/** Checks one part of a file, fills in defaults, and says what is wrong in words. Never shows a value: it may be secret. */
export function schemaProblems(
  schema: AnySchema,
  value: unknown,
  source: YamlSource,
  path: readonly (string | number)[],
): LintProblem[] {
  const validate = ajv.compile(schema)
  if (validate(value)) return []
  return (validate.errors ?? []).filter(isOwn).map((error) => toProblem(error, source, path))
}

/** Of an alternative, the summary line is enough: the failures inside each branch only confuse. */
function isOwn(error: ErrorObject): boolean {
  return !error.schemaPath.includes('/anyOf/') && error.keyword !== 'propertyNames'
}

function toProblem(error: ErrorObject, source: YamlSource, path: readonly (string | number)[]): LintProblem {
  const inside = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  const at = [...path, ...inside]
  const name = at.join('.') || source.file
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params.additionalProperty)
      const known = Object.keys((error.parentSchema as { properties?: object } | undefined)?.properties ?? {})
      return {
        severity: 'error',
        kind: 'unknown-key',
        place: source.placeOf([...at, key], 'key'),
        sentence: `"${key}" is not a key of ${name}.`,
        remedy: known.length > 0 ? `Use one of: ${known.join(', ')}.` : 'Take it out.',
      }
    }
    case 'required': {
      const key = String(error.params.missingProperty)
      return {
        severity: 'error',
        kind: 'missing',
        place: source.placeOf(at, 'key'),
        sentence: `${name} has no "${key}".`,
        remedy: `Add "${key}"${describedAs(error, key)}.`,
      }
    }
    default:
      return {
        severity: 'error',
        kind: 'bad-value',
        place: source.placeOf(at),
        sentence: `${name} ${error.message ?? 'is not valid'}.`,
        remedy: `Correct it${describedAs(error)}.`,
      }
  }
}

function describedAs(error: ErrorObject, key?: string): string {
  const parent = error.parentSchema as
    | { description?: string; properties?: Record<string, { description?: string }> }
    | undefined
  const description = key === undefined ? parent?.description : parent?.properties?.[key]?.description
  return description ? `: ${description.replace(/\.$/, '')}` : ''
}
