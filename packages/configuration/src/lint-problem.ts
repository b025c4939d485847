import type { ConfigurationPlace } from './configuration.ts'

/** Every kind of fault that `portreeve lint` knows. */
export type LintKind =
  | 'yaml-syntax'
  | 'duplicate-key'
  | 'unknown-key'
  | 'missing'
  | 'bad-value'
  | 'bad-file-name'
  | 'bad-reference'
  | 'missing-secret'
  | 'secret-in-clear'
  | 'unknown-adapter'
  | 'unknown-label'
  | 'no-route'
  | 'cannot-receive'
  | 'cannot-send'
  | 'cannot-answer'
  | 'type-not-accepted'
  | 'type-not-published'
  | 'unreachable'
  | 'unsafe-retry'
  | 'bad-condition'
  | 'bad-script'
  | 'bad-example'
  | 'no-example'
  | 'unknown-mapping'
  | 'unused-mapping'
  | 'other-type'
  | 'unknown-field'
  | 'missing-field'
  | 'unknown-template'
  | 'unknown-value'
  | 'unknown-fact'
  | 'never-confirms'
  | 'no-calendar'
  | 'nobody-told'
  | 'bad-layout'
  | 'bad-file'
  | 'shared-folder'
  | 'batch-per-partition'
  | 'open-door'
  | 'one-copy'
  | 'open-log'
  | 'open-telemetry'

/** One thing that is wrong. Never holds the value of a setting: it may be secret. */
export interface LintProblem {
  /** A configuration with an error is not started; a warning is for a person to weigh. */
  readonly severity: 'error' | 'warning'
  readonly kind: LintKind
  readonly place: ConfigurationPlace
  readonly sentence: string
  readonly remedy: string
}

export function lintError(
  kind: LintKind,
  place: ConfigurationPlace,
  said: { readonly sentence: string; readonly remedy: string },
): LintProblem {
  return { severity: 'error', kind, place, ...said }
}

export function lintWarning(...[kind, place, said]: Parameters<typeof lintError>): LintProblem {
  return { ...lintError(kind, place, said), severity: 'warning' }
}

/** By file, line and column. */
export function byPlace({ place: one }: LintProblem, { place: other }: LintProblem): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1
  return one.line - other.line || one.column - other.column
}
