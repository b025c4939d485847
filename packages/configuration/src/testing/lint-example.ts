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

export const environment: NodeJS.ProcessEnv = { OFFICE_PASSWORD: 'correct horse' }

interface LintExampleOptions {
  readonly environment?: NodeJS.ProcessEnv
  readonly needsSecrets?: boolean | 'warn'
}

/** Loads a folder of these files; the good ones stand in for what is not given, and `null` takes one away. */
export async function load(
  files: Readonly<Record<string, string | null>>,
  { environment: given = environment, needsSecrets = true }: LintExampleOptions = {},
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
