import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import { type LintProblem, lintError } from './lint-problem.ts'
import { isByReference } from './references.ts'
import type { YamlPath, YamlSource } from './yaml-source.ts'

interface Part {
  readonly secret?: unknown
  readonly properties?: Readonly<Record<string, Part>>
  readonly items?: Part
}

/** Every secret of an adapter's configuration that stands in the file itself instead of a reference to it. */
export function clearSecrets(
  schema: AdapterDeclaration['config'],
  source: YamlSource,
  path: YamlPath,
): readonly LintProblem[] {
  const written = path.reduce<unknown>((value, step) => entries(value).get(String(step)), source.value)
  return walk(schema, written, path).map((at) =>
    lintError('secret-in-clear', source.placeOf(at), {
      sentence: `${at.join('.')} holds a secret in clear text.`,
      remedy: `Write \${env:NAME} or \${file:path} here, and change the secret: it has been seen.`,
    }),
  )
}

function walk(schema: Part, value: unknown, path: YamlPath): YamlPath[] {
  if (value === undefined || value === null) return []
  if (schema.secret === true) return typeof value === 'string' && isByReference(value) ? [] : [path]
  const parts = [...entries(value)]
  return parts.flatMap(([key, part]) => {
    const own = schema.items ?? schema.properties?.[key]
    return own ? walk(own, part, [...path, key]) : []
  })
}

function entries(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}
