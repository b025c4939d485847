import type { ScriptFault } from '../script.ts'

/** A script and the schemas of what it reads and makes do not fit. */
export interface ShapeFault extends ScriptFault {
  readonly kind: 'unknown-field' | 'missing-field'
  readonly remedy: string
}
