import { type AdapterDeclaration, defineAdapter } from '@portreeve/adapter-sdk'
import Type from 'typebox'

const base = {
  status: 'experimental',
  sources: [],
  errors: [],
  examples: [],
  open: () => Promise.reject(new TypeError('an example adapter is never opened')),
} as const

const desk = defineAdapter({
  ...base,
  name: 'desk',
  summary: 'Takes files from a folder.',
  config: Type.Object({
    inboxFolder: Type.String({ minLength: 1, description: 'Folder that is watched.' }),
    pollEverySeconds: Type.Integer({ minimum: 1, default: 5, description: 'Seconds between two looks.' }),
    accounts: Type.Optional(
      Type.Array(
        Type.Object(
          { name: Type.String({ description: 'Log-in.' }), pin: Type.String({ secret: true, description: 'PIN.' }) },
          { additionalProperties: false },
        ),
        { description: 'Who may drop files.' },
      ),
    ),
  }),
  capabilities: { poll: true, receive: false, send: false, idempotentSend: false, lookup: false },
  emits: ['valuation.submission.received'],
  accepts: [],
})

const bureau = defineAdapter({
  ...base,
  name: 'bureau',
  summary: 'Reads and takes reports.',
  config: Type.Object({
    baseUrl: Type.String({ format: 'uri', description: 'Where the bureau answers, such as https://bureau.example.' }),
    password: Type.String({ minLength: 8, secret: true, description: 'What the bureau gave out.' }),
    mode: Type.Optional(Type.Enum(['live', 'rehearsal'], { description: 'Which of its two services.' })),
  }),
  capabilities: { poll: false, receive: true, send: true, idempotentSend: false, lookup: true },
  emits: ['valuation.report.proposed'],
  accepts: ['valuation.report.proposed'],
})

const pigeon = defineAdapter({
  ...base,
  name: 'pigeon',
  summary: 'Takes reports, and says nothing of them.',
  config: Type.Object({
    loft: Type.Optional(Type.String({ description: 'Where it lives.' })),
    lettersFolder: Type.Optional(Type.String({ description: 'What it carries, in words.' })),
  }),
  configurationFiles: ['lettersFolder'],
  capabilities: { poll: false, receive: false, send: true, idempotentSend: false, lookup: false },
  emits: [],
  accepts: ['valuation.report.proposed'],
})

const court = defineAdapter({
  ...base,
  name: 'court',
  summary: 'Takes changes of address, and says later what it did with them.',
  config: Type.Object({ pollEverySeconds: Type.Integer({ default: 5, description: 'Seconds between two looks.' }) }),
  capabilities: { poll: true, receive: false, send: true, idempotentSend: true, lookup: false },
  emits: ['customer.address-update.answered'],
  accepts: ['customer.address-update.requested'],
})

/** Invented adapters, one for each kind of fault that a route can have with one. */
export const exampleAdapters: readonly AdapterDeclaration[] = [desk, bureau, pigeon, court]
