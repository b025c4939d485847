import { compileCondition } from '@portreeve/core'

/** What is known of a field before there is a message; `null`: it may have any value. */
export type KnownField = (field: string) => { readonly value: unknown } | null

/** Whether a condition holds for every message of which this is known, for none, or (`null`) for some. No condition always holds. */
export function conditionVerdict(condition: unknown, known: KnownField): boolean | null {
  if (condition === undefined) return true
  if (!isRecord(condition)) return null
  const { all, any, not, field } = condition
  if (Array.isArray(all)) return together(all, known, false)
  if (Array.isArray(any)) return together(any, known, true)
  if ('not' in condition) return opposite(conditionVerdict(not, known))
  const found = typeof field === 'string' ? known(field) : null
  return found === null ? null : testVerdict(condition, found.value)
}

/** `decisive`: what one part says settles all of them. */
function together(parts: readonly unknown[], known: KnownField, decisive: boolean): boolean | null {
  const verdicts = parts.map((part) => conditionVerdict(part, known))
  if (verdicts.includes(decisive)) return decisive
  return verdicts.includes(null) ? null : !decisive
}

function opposite(verdict: boolean | null): boolean | null {
  return verdict === null ? null : !verdict
}

/** By the code that routes messages, so that both always agree. */
function testVerdict(test: Readonly<Record<string, unknown>>, value: unknown): boolean | null {
  const compiled = compileCondition({ ...test, field: 'body.value' })
  if (!('condition' in compiled)) return null
  const body = new TextEncoder().encode(JSON.stringify({ value }))
  return compiled.condition({ envelope: anyEnvelope, body })
}

const anyEnvelope = {
  id: '',
  source: '',
  type: '',
  time: '',
  dataContentType: 'application/json',
  reference: '',
  correlationId: '',
  authority: '',
  channel: '',
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
