import type { Track, Transaction } from '@portreeve/broker'

const at = (time: string) => `2026-03-04T${time}Z`
const candidates = [
  { personReference: 'P-1', description: 'born 29 February 1984, at 14 Tannery Row\u001b[2J' },
  { personReference: "P '2'", description: 'born 29 February 1984, at 3 Weir Walk' },
]

/** One that stands differently with each system. */
export const transaction: Transaction = {
  reference: '9R3R-L632',
  process: 'tell-us-once',
  startedAt: at('09:00:00'),
  stage: 'open',
  body: '{"person":{"personGivenName":"Wilhelmina"}}',
  holds: [{ rule: 'long-ago', sentence: 'They moved long ago.', candidates: [] }],
  systems: [
    {
      system: 'crm',
      state: 'confirmed',
      since: at('11:00:00'),
      attempt: 1,
      handedOver: true,
      systemReference: 'C-1',
      words: 'Moved.',
    },
    {
      system: 'council-tax',
      state: 'delivered',
      since: at('10:30:00'),
      attempt: 1,
      handedOver: true,
      proof: '4711',
      confirmBy: '2026-03-07T00:00:00.000Z',
    },
    {
      system: 'electoral',
      state: 'needs-a-person',
      since: at('10:40:00'),
      attempt: 1,
      handedOver: false,
      code: 'PRV_ADAPTER_PERSON_AMBIGUOUS',
      words: 'electoral has 2 persons who may be meant.',
      candidates,
    },
    { system: 'libraries', state: 'not-concerned', since: at('09:00:00'), attempt: 0, handedOver: false },
    { system: 'parking', state: 'waiting', since: at('10:00:00'), attempt: 1, handedOver: false },
    { system: 'waste', state: 'withheld', since: at('10:00:00'), attempt: 0, handedOver: false },
  ],
  steps: [
    { at: at('09:00:00'), what: 'started' },
    { at: at('09:00:00'), what: 'held', words: 'They moved long ago.' },
    { at: at('10:00:00'), what: 'approved', by: 'A. Clerk', why: 'tenancy agreement seen' },
    { at: at('10:00:00'), what: 'requested', system: 'crm' },
    { at: at('10:01:00'), what: 'delivered', system: 'crm', words: 'C-1' },
    { at: at('10:40:00'), what: 'needs-a-person', system: 'electoral', words: 'Two persons may be meant.' },
    { at: at('11:00:00'), what: 'confirmed', system: 'crm', words: 'Moved.' },
  ],
}

export const heldTransaction: Transaction = {
  ...transaction,
  stage: 'held',
  holds: [{ rule: 'several', sentence: 'Several persons have this name.', candidates }],
  systems: transaction.systems.map(({ system, since }) => {
    return { system, since, state: 'withheld', attempt: 0, handedOver: false }
  }),
  steps: transaction.steps.slice(0, 2),
}

const message = {
  id: '1265b99d',
  reference: transaction.reference,
  type: 'customer.address.changed',
  time: transaction.startedAt,
  uprn: null,
  file: null,
  configuration: null,
  replayOf: null,
  state: 'recorded',
  receivers: [],
} as const
const entry = { reference: transaction.reference, receiver: null, state: 'accepted' } as const

/** What the ledger has of it: the transaction, a request, and the acknowledgement. */
export const transactionTrack: Track = {
  reference: transaction.reference,
  message,
  children: [],
  childrenInAll: 2,
  summary: [
    { type: 'customer.address-update.requested', receiver: 'updates-to-crm.crm', state: 'delivered', messages: 1 },
  ],
  refusals: [],
  timeLine: [
    { ...entry, at: message.time, messageId: message.id, sentence: `Accepted as ${message.type}.` },
    {
      ...entry,
      at: at('09:00:01'),
      messageId: `${message.id}.tell-us-once.acknowledged`,
      receiver: 'e-mails.mail',
      state: 'delivered',
      sentence: 'e-mails.mail has it; nothing more is to be done.',
    },
    {
      ...entry,
      at: at('10:01:00'),
      messageId: `${message.id}.tell-us-once.crm.1`,
      receiver: 'updates-to-crm.crm',
      state: 'delivered',
      sentence: 'updates-to-crm.crm has it, under C-1; nothing more is to be done.',
    },
    {
      ...entry,
      at: at('10:50:00'),
      messageId: `${message.id}.tell-us-once.parking.1`,
      receiver: 'updates-to-parking.parking',
      state: 'released',
      sentence: 'A. Clerk let it go to updates-to-parking.parking again: put right there',
    },
  ],
}
