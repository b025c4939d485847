import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** Why a reference could not be resolved. */
export interface UnresolvedReference {
  readonly path: readonly (string | number)[]
  readonly reference: string
  readonly why: string
  readonly remedy: string
}

const pattern = /\$\{(env|file):([^}]*?)(?::-([^}]*))?\}/g

/**
 * Puts in what stands outside the configuration: `${env:NAME}`, `${env:NAME:-default}`, `${file:path}` (first line of
 * the file; relative to the configuration folder). So a secret is named in the configuration and never written there.
 */
export function resolveReferences(
  value: unknown,
  folder: string,
  environment: NodeJS.ProcessEnv,
): { value: unknown; unresolved: readonly UnresolvedReference[] } {
  const unresolved: UnresolvedReference[] = []
  const walk = (part: unknown, path: readonly (string | number)[]): unknown => {
    if (typeof part === 'string') return resolveText(part, path)
    if (Array.isArray(part)) return part.map((item, index) => walk(item, [...path, index]))
    if (typeof part === 'object' && part !== null) {
      return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, walk(item, [...path, key])]))
    }
    return part
  }
  const resolveText = (text: string, path: readonly (string | number)[]): string =>
    text.replace(pattern, (reference, kind: string, name: string, fallback: string | undefined) => {
      const found = kind === 'env' ? environment[name] : firstLine(resolve(folder, name))
      if (found !== undefined) return found
      if (fallback !== undefined) return fallback
      unresolved.push(
        kind === 'env'
          ? {
              path,
              reference,
              why: `the environment variable ${name} is not set`,
              remedy: `Set ${name} and start again.`,
            }
          : { path, reference, why: `the file ${name} cannot be read`, remedy: `Write the value into ${name}.` },
      )
      return ''
    })
  return { value: walk(value, []), unresolved }
}

export function hasReference(text: string): boolean {
  return text.search(pattern) >= 0
}

function firstLine(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/, 1)[0]
  } catch {
    return undefined
  }
}
