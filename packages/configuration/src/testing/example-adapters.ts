import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type AdapterDeclaration, defineAdapter } from '@portreeve/adapter-sdk'
import { PortreeveError } from '@portreeve/errors'
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

const scribe = defineAdapter({
  ...base,
  name: 'scribe',
  summary: 'Writes e-mails from templates, a file each.',
  config: Type.Object({ templatesFolder: Type.String({ description: 'Where they are.' }) }),
  capabilities: { poll: false, receive: false, send: true, idempotentSend: true, lookup: false },
  emits: [],
  accepts: ['notification.email.requested'],
  async inspect({ templatesFolder }) {
    const files = await readdir(templatesFolder).catch(() => [])
    const templates = await Promise.all(files.map((name) => templateAt(join(templatesFolder, name))))
    const bad = templates.filter(({ name }) => name === 'bad')
    const error = new PortreeveError('PRV_MAIL_TEMPLATE', { file: 'bad', line: 1, column: 1, fault: 'bad' })
    const faults = bad.map(({ file }) => ({ setting: 'templatesFolder', error, at: { file, line: 2, column: 3 } }))
    const gone = new PortreeveError('PRV_MAIL_TEMPLATE_MISSING', { file: 'any', fault: 'ENOENT' })
    return { faults: files.length > 0 ? faults : [{ setting: 'templatesFolder', error: gone }], templates }
  },
})

/** Values stand in it as `{{ value }}`, in one line. */
async function templateAt(file: string) {
  const uses = [...(await readFile(file, 'utf8')).matchAll(/\{\{ (\w+) \}\}/g)].map(({ 1: value = '', index }) => {
    return { value, at: { file, line: 1, column: index + 4 } }
  })
  return { name: basename(file, '.txt'), file, uses }
}

const almanac = defineAdapter({
  ...base,
  name: 'almanac',
  summary: 'Answers what it is asked; writes lists in a layout of its own.',
  config: Type.Object({ layoutFile: Type.Optional(Type.String({ description: 'Record layout of its lists.' })) }),
  capabilities: { poll: false, receive: false, send: false, idempotentSend: false, lookup: false, request: true },
  emits: [],
  accepts: [],
})

/** Invented adapters, one for each kind of fault that a route can have with one. */
export const exampleAdapters: readonly AdapterDeclaration[] = [desk, bureau, pigeon, court, scribe, almanac]
