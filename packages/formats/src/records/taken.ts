import type { ErrorCode } from '@portreeve/errors'

/** Why a value cannot be taken. */
export interface FieldFault {
  /** Default `PRV_FORMATS_SCHEMA`. */
  readonly code?: ErrorCode
  readonly rule: string
  /** The rest of the sentence "<field> …", without the value. */
  readonly sentence: string
}

export type Taken<Value> = { readonly value: Value } | { readonly fault: FieldFault }

export function faulty(rule: string, sentence: string): { readonly fault: FieldFault } {
  return { fault: { rule, sentence } }
}

/** The text as a regular expression that means just it. */
export function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
