import { isDeepStrictEqual } from 'node:util'
import type { MappedBody } from '@portreeve/mappings'

/** How what came out differs from what was expected, in a sentence; `undefined` when it does not. */
export function differsFrom({ body, contentType }: MappedBody, expected: Uint8Array): string | undefined {
  const [found, wanted] = [textOf(body), textOf(expected)]
  if (contentType !== 'application/json') {
    if (found.trimEnd() === wanted.trimEnd()) return undefined
    return `Line ${firstOther(found.split('\n'), wanted.split('\n')) + 1} of what comes out is another one than expected.`
  }
  const value = parsed(wanted)
  if (value === undefined) return 'What is expected is no JSON.'
  const path = otherAt(JSON.parse(found), value, '')
  return path === undefined ? undefined : `What comes out differs from what is expected at ${path || 'the top'}.`
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** JSON Pointer to the first value that is not the same. */
function otherAt(found: unknown, wanted: unknown, path: string): string | undefined {
  if (isDeepStrictEqual(found, wanted)) return undefined
  if (!isObject(found) || !isObject(wanted) || Array.isArray(found) !== Array.isArray(wanted)) return path
  const keys = new Set([...Object.keys(wanted), ...Object.keys(found)])
  for (const key of keys) {
    const below = otherAt(found[key], wanted[key], `${path}/${key}`)
    if (below !== undefined) return below
  }
  return path
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function firstOther(found: readonly string[], wanted: readonly string[]): number {
  const index = wanted.findIndex((line, at) => line !== found[at])
  return index === -1 ? wanted.length : index
}
