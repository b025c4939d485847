/** What goes out because of a step. Ids derive from the instance, so that a repeat is the same message. */
export type ProcessEffect = RequestEffect | EmailEffect

export interface RequestEffect {
  readonly kind: 'request'
  readonly id: string
  readonly process: string
  readonly instance: string
  readonly system: string
  /** The canonical message that counts, JSON. */
  readonly body: string
  readonly messageId: string
  readonly personReference?: string
}

export interface EmailEffect {
  readonly kind: 'email'
  readonly id: string
  readonly process: string
  readonly instance: string
  readonly template: string
  readonly to: readonly string[]
  readonly values: Readonly<Record<string, string>>
}
