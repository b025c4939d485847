/** What the templates of a process's e-mails are given, by kind: they may use these values and those for `all`, and no others. */
export const emailValues = {
  acknowledgement: ['reference', 'givenName', 'movedOn'],
  alert: ['reference', 'system', 'why', 'remedy'],
  /** Who writes, and where the transaction can be followed. */
  all: ['authority', 'statusAddress'],
} as const

export type EmailValues<Kind extends keyof typeof emailValues> = Readonly<
  Record<(typeof emailValues)[Kind][number], string>
>
