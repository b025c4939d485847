import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { YamlPath } from './yaml-source.ts'

/** Why a reference could not be resolved. */
export interface UnresolvedReference {
  readonly kind: 'missing-secret' | 'bad-reference'
  readonly path: YamlPath
  readonly sentence: string
  readonly remedy: string
}

const pattern = /\$\{(env|file):([^}]*?)(?::-([^}]*))?\}/g

/**
 * Puts in what stands outside the configuration: `${env:NAME}`, `${env:NAME:-default}`, `${file:path}` (first line of
 * the file; relative to the configuration folder). So a secret is named in the configuration and never written there.
 * An empty one counts as absent.
 */
export function resolveReferences(
  value: unknown,
  folder: string,
  environment: NodeJS.ProcessEnv,
): { value: unknown; unresolved: readonly UnresolvedReference[] } {
  const unresolved: UnresolvedReference[] = []
  const walk = (part: unknown, path: YamlPath): unknown => {
    if (typeof part === 'string') return resolveText(part, path)
    if (Array.isArray(part)) return part.map((item, index) => walk(item, [...path, index]))
    if (typeof part === 'object' && part !== null) {
      return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, walk(item, [...path, key])]))
    }
    return part
  }
  const resolveText = (text: string, path: YamlPath): string => {
    if (withoutReferences(text).includes('${')) unresolved.push(misspelt(path))
    return text.replace(pattern, (reference, kind: string, name: string, fallback: string | undefined) => {
      const found = kind === 'env' ? environment[name] : firstLine(resolve(folder, name))
      if (found) return found
      if (fallback !== undefined) return fallback
      unresolved.push(missing(path, reference, kind, name))
      return ''
    })
  }
  return { value: walk(value, []), unresolved }
}

/** True for a text that gets its secret from outside: it has a reference, and none with a default written beside it. */
export function isByReference(text: string): boolean {
  const references = [...text.matchAll(pattern)]
  return references.length > 0 && references.every(([, , , fallback]) => !fallback)
}

function withoutReferences(text: string): string {
  return text.replace(pattern, '')
}

function misspelt(path: YamlPath): UnresolvedReference {
  return {
    kind: 'bad-reference',
    path,
    sentence: `${path.join('.')} has a "\${" that begins no reference.`,
    remedy: `Write \${env:NAME}, \${env:NAME:-default} or \${file:path}.`,
  }
}

function missing(path: YamlPath, reference: string, kind: string, name: string): UnresolvedReference {
  const why =
    kind === 'env' ? `the environment variable ${name} is not set` : `the file ${name} cannot be read or is empty`
  return {
    kind: 'missing-secret',
    path,
    sentence: `${path.join('.')} says ${reference}, but ${why}.`,
    remedy: kind === 'env' ? `Set ${name} and start again.` : `Write the value into ${name}.`,
  }
}

function firstLine(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/, 1)[0]
  } catch {
    return undefined
  }
}
