import type { ErrorObject } from 'ajv/dist/2020.js'
import { type LintProblem, lintError } from './lint-problem.ts'
import type { YamlPath, YamlSource } from './yaml-source.ts'

/** The annotations that a sentence is made of. */
interface Described {
  readonly description?: string
  readonly properties?: Readonly<Record<string, Described>>
  readonly patternProperties?: Readonly<Record<string, Described>>
}

/** A longer list of what a value may be helps nobody. */
const mostNamed = 20

/** A failure of the schema in words, at its place. Never shows the value: it may be secret. */
export function schemaProblem(error: ErrorObject, source: YamlSource, path: YamlPath): LintProblem {
  const at = [...path, ...stepsOf(error.instancePath)]
  const name = at.join('.') || source.file
  const schema = described(error.parentSchema)
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params.additionalProperty)
      const place = source.placeOf([...at, key], 'key')
      if (schema.patternProperties) {
        return lintError('bad-value', place, {
          sentence: `"${key}" cannot be a name in ${name}.`,
          remedy: `Rename it${describedAs(schema)}.`,
        })
      }
      return lintError('unknown-key', place, {
        sentence: `"${key}" is not a key of ${name}.`,
        remedy: `Use one of: ${Object.keys(schema.properties ?? {}).join(', ')}.`,
      })
    }
    case 'required': {
      const key = String(error.params.missingProperty)
      return lintError('missing', source.placeOf(at, 'key'), {
        sentence: `${name} has no "${key}".`,
        remedy: `Add "${key}"${describedAs(schema.properties?.[key])}.`,
      })
    }
    default:
      return lintError('bad-value', source.placeOf(at), {
        sentence: `${name} ${fault(error)}.`,
        remedy: `${remedyOf(error, at, source.file)}${describedAs(schema)}.`,
      })
  }
}

/** What YAML made of a value that was meant as text, or of nothing at all. */
function isUnquoted({ keyword, params, data }: ErrorObject): boolean {
  return keyword === 'type' && params.type === 'string' && (typeof data === 'number' || typeof data === 'boolean')
}

function isEmpty({ keyword, data }: ErrorObject): boolean {
  return keyword === 'type' && (data === null || data === undefined)
}

function remedyOf(error: ErrorObject, at: YamlPath, file: string): string {
  if (isUnquoted(error)) return 'Put it in quotes'
  if (at.length > 0 || !isEmpty(error)) return 'Correct it'
  return `Copy ${file === 'broker.yaml' ? 'config/examples/sallowmere/broker.yaml' : 'a file of config/examples/sallowmere/routes'}`
}

function described(schema: ErrorObject['parentSchema']): Described {
  const { description, properties, patternProperties } = schema ?? {}
  return { description, properties, patternProperties }
}

function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function fault(error: ErrorObject): string {
  if (isUnquoted(error)) return `is read as a ${typeof error.data}, and must be text`
  if (isEmpty(error)) return 'is empty'
  const { keyword, params, message, parentSchema } = error
  switch (keyword) {
    case 'const':
      return `must be ${JSON.stringify(params.allowedValue)}`
    case 'enum':
      if (params.allowedValues.length > mostNamed) return `is none of the ${params.allowedValues.length} that there are`
      return `must be one of ${params.allowedValues.map((allowed: unknown) => JSON.stringify(allowed)).join(', ')}`
    case 'pattern':
      return parentSchema?.description ? 'is not written as it should be' : `must match ${params.pattern}`
    case 'anyOf': {
      const types = (parentSchema?.anyOf ?? []).map(({ type }: { type?: string }) => type ?? 'something else')
      return `must be one of these: ${types.join(', ')}`
    }
    case 'type':
      return `must be ${typeWords[String(params.type)] ?? params.type}`
    default:
      return message ?? 'is not valid'
  }
}

const typeWords: Readonly<Record<string, string>> = {
  object: 'a mapping of keys to values',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
}

function describedAs(schema: Described | undefined): string {
  return schema?.description ? `: ${schema.description.replace(/\.$/, '')}` : ''
}
