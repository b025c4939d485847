import { type HealthPart, healthParts, systemStates, transactionStates } from '@portreeve/broker'
import Type, { type Static } from 'typebox'

const dateTime = (sentence: string) => Type.String({ format: 'date-time', description: `${sentence} RFC 3339, UTC.` })

/** What is answered to whoever brought a transaction. */
export const acceptedAnswer = Type.Object(
  {
    reference: Type.String({ description: 'For people: short, never given twice. It opens nothing.' }),
    statusAddress: Type.String({
      format: 'uri',
      description: 'Where the transaction stands can be read here, by whoever has this address.',
    }),
  },
  { additionalProperties: false, title: 'Accepted', description: 'The transaction is on disk.' },
)
export type AcceptedAnswer = Static<typeof acceptedAnswer>

/** Where a transaction stands. */
export const statusAnswer = Type.Object(
  {
    reference: Type.String({ description: 'Of the transaction.' }),
    acceptedAt: dateTime('When it was accepted.'),
    state: Type.Enum(transactionStates, { type: 'string', description: 'Where it stands as a whole.' }),
    sentence: Type.String({ description: 'The same in plain words.' }),
    systems: Type.Array(
      Type.Object(
        {
          system: Type.String({ description: 'Which system is told.' }),
          state: Type.Enum(systemStates, { type: 'string', description: 'Where it stands with this one.' }),
          since: dateTime('Since when.'),
          sentence: Type.String({ description: 'The same in plain words.' }),
        },
        { additionalProperties: false },
      ),
      { description: 'Each system that is told.' },
    ),
  },
  { additionalProperties: false, title: 'TransactionStatus', description: 'Where a transaction stands.' },
)

const partHealth = Type.Enum(['ok', 'failing', 'paused'] as const, {
  type: 'string',
  description: 'paused: a receiver is left alone because it cannot be reached or has to be spared.',
})

/** Whether the broker can work, part by part. */
export const healthAnswer = Type.Object(
  {
    status: Type.Enum(['ok', 'degraded'] as const, {
      type: 'string',
      description: 'degraded: a part fails or is paused; the others work.',
    }),
    parts: Type.Object(
      Object.fromEntries(healthParts.map((part) => [part, partHealth])) as Record<HealthPart, typeof partHealth>,
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false, title: 'Health', description: 'How the parts of the broker are.' },
)

/** Whether the door should be sent anything. */
export const readyAnswer = Type.Object(
  { status: Type.Literal('ok') },
  { additionalProperties: false, title: 'Ready', description: 'It may be sent transactions.' },
)
