import { Type } from 'typebox'
import { Compile } from 'typebox/compile'

/** How far polls have brought what was updated. */
export interface Cursor {
  /** Milliseconds. */
  readonly to: number
  /** What was brought of the last moments before that, and when it was updated. */
  readonly brought: readonly (readonly [key: string, at: number])[]
}

/**
 * How far back each poll looks, in milliseconds: times are told by the second, and what is written in the same second, or is
 * a little late in becoming visible, must not be lost.
 */
export const overlapMs = 5000

const form = Compile(
  Type.Object({ to: Type.Integer({ minimum: 0 }), brought: Type.Array(Type.Tuple([Type.String(), Type.Integer()])) }),
)
const prefix = 'crm-open311:'

export function writeCursor({ to, brought }: Cursor): string {
  return `${prefix}${JSON.stringify({ to, brought })}`
}

/** `null` for none, or for that of another adapter whose place this one has taken: it says nothing here. */
export function readCursor(text: string | null): Cursor | null {
  if (!text?.startsWith(prefix)) return null
  try {
    const value: unknown = JSON.parse(text.slice(prefix.length))
    return form.Check(value) ? value : null
  } catch {
    return null
  }
}

/** The cursor behind one more thing. A clock over there that is fast moves nothing beyond our own time. */
export function advance({ to, brought }: Cursor, key: string, at: number, now: number): Cursor {
  const next = Math.max(to, Math.min(at, now))
  const still = [...brought, [key, at] as const].filter(([, when]) => when >= next - overlapMs)
  return { to: next, brought: still }
}
