import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Loaded, loadConfiguration } from '../load-configuration.ts'
import { exampleAdapters } from './example-adapters.ts'

export const goodBroker = `authority:
  code: X99000001
  name: Borough of Sallowmere
dataFolder: data
adapters:
  post:
    adapter: desk
    inboxFolder: inbox
  office:
    adapter: bureau
    baseUrl: https://bureau.example
    password: \${env:OFFICE_PASSWORD}
`

export const goodSplit = `from: valuation.submission.received
split: office
`

export const goodDelivery = `from: valuation.report.proposed
to: office
`

/** With `goodBroker` and the others, all that one process needs. */
export const goodProcess = {
  'broker.yaml': `${goodBroker}  crm:
    adapter: court
  letters:
    adapter: scribe
    templatesFolder: templates
  register:
    adapter: almanac
door: { port: 0, apiKeys: [{ name: forms, hash: 'sha256:${'0'.repeat(64)}' }] }
`,
  'routes/updates.yaml': 'from: customer.address-update.requested\nto: crm\n',
  'routes/e-mails.yaml': 'from: notification.email.requested\nto: letters\n',
  'templates/thanks.txt': 'Dear {{ givenName }}: {{ reference }}, {{ statusAddress }}',
  'templates/help.txt': '{{ system }}, {{ reference }}: {{ why }}',
  'processes/once.yaml': `startsWith: customer.address.changed
requests: customer.address-update.requested
answers: customer.address-update.answered
quality: change
acknowledgement: thanks
alert: help
holidays: [2026-12-25, 2027-01-01]
systems:
  crm:
    service: customer-record
    confirmWithinWorkingDays: 5
    administrators: [crm@example.org]
`,
  'quality/change.yaml': `ask: { addresses: register, persons: register }
rules:
  - name: late
    when: { any: [{ field: facts.daysSinceMove, moreThan: 90 }, { field: facts.persons, moreThan: 1 }] }
    hold: Late.
  - name: full
    when: { field: facts.address.placesLeft, lessThan: 0 }
    hold: Full.
`,
} as const

export const environment: NodeJS.ProcessEnv = { OFFICE_PASSWORD: 'correct horse' }

interface LintExampleOptions {
  readonly environment?: NodeJS.ProcessEnv
  readonly needsSecrets?: boolean | 'warn'
  /** Default: 1 June 2026. */
  readonly now?: Date
}

/** Loads a folder of these files; the good ones stand in for what is not given, and `null` takes one away. */
export async function load(
  files: Readonly<Record<string, string | null>>,
  {
    environment: given = environment,
    needsSecrets = true,
    now = new Date('2026-06-01T12:00:00Z'),
  }: LintExampleOptions = {},
): Promise<Loaded & { readonly folder: string }> {
  const all = {
    'broker.yaml': goodBroker,
    'routes/split.yaml': goodSplit,
    'routes/deliver.yaml': goodDelivery,
    ...files,
  }
  const folder = await mkdtemp(join(tmpdir(), 'portreeve-configuration-'))
  try {
    for (const [file, text] of Object.entries(all)) {
      if (text === null) continue
      await mkdir(dirname(join(folder, file)), { recursive: true })
      await writeFile(join(folder, file), text)
    }
    const loaded = await loadConfiguration({
      folder,
      declarations: exampleAdapters,
      environment: given,
      needsSecrets,
      now: () => now,
      conditionProblems: (condition) =>
        typeof condition === 'object' && condition !== null && 'nonsense' in condition
          ? ['"nonsense" is no test.']
          : [],
    })
    return { ...loaded, folder }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** What is wrong, a line each: `broker.yaml:3:5 kind: sentence | remedy`. */
export async function lint(
  files: Readonly<Record<string, string | null>>,
  options?: LintExampleOptions,
): Promise<readonly string[]> {
  const { problems } = await load(files, options)
  return problems.map(
    ({ severity, kind, place: { file, line, column }, sentence, remedy }) =>
      `${file}:${line}:${column} ${severity === 'warning' ? 'warning ' : ''}${kind}: ${sentence} | ${remedy}`,
  )
}
