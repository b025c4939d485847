/** OpenTelemetry's kind of a span. */
export type SpanKindName = 'server' | 'producer' | 'consumer' | 'client'

interface NamedSpan {
  readonly kind: SpanKindName
  readonly means: string
}

/**
 * Every span: the operation, with which its name begins, and behind it what it is about: a path of the door, a type, a label, the
 * name of a receiver, a route or a process. Semantic conventions for messaging 1.45: `<operation> <destination>`.
 */
export const spanNames = {
  POST: { kind: 'server', means: 'A transaction is brought to the door.' },
  poll: { kind: 'consumer', means: 'An adapter has brought something that is new in its system.' },
  accept: { kind: 'producer', means: 'A message that comes from outside is put on the log.' },
  split: { kind: 'consumer', means: 'A chunk of a document becomes messages.' },
  process: { kind: 'consumer', means: 'A process takes in a transaction or an answer.' },
  decide: { kind: 'producer', means: 'A process sends out what follows from what it has learnt.' },
  deliver: { kind: 'client', means: 'A batch is sent to a receiver.' },
  ask: { kind: 'client', means: 'A receiver is asked what became of a batch.' },
} as const satisfies Record<string, NamedSpan>

export type SpanName = keyof typeof spanNames
