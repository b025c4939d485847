import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Problem } from '@portreeve/formats'
import { type LintProblem, lintError } from './lint-problem.ts'
import type { Given } from './route-test-given.ts'
import type { YamlPath, YamlSource } from './yaml-source.ts'

/** One step of a case, ready to be played. */
export type TestStep =
  | { readonly kind: 'document'; readonly document: string; readonly inbox?: string }
  | ({ readonly kind: 'message'; readonly inbox?: string; readonly body: Body } & Omit<GivenMessage, 'body' | 'file'>)
  | { readonly kind: 'says'; readonly says: NonNullable<Given['says']> }
  | { readonly kind: 'decides'; readonly decides: NonNullable<Given['decides']> }
  | { readonly kind: 'after'; readonly count: number; readonly unit: 'working day' | 'day' | 'hour' | 'minute' }

type GivenMessage = NonNullable<Given['message']>
type Body = NonNullable<GivenMessage['body']>
type Found = { readonly step?: TestStep; readonly problems: readonly LintProblem[] }

export interface StepReading {
  readonly source: YamlSource
  /** Absolute path of the configuration. */
  readonly folder: string
  /** What is wrong with a body for a message of this type. */
  readonly bodyProblems: (type: string, body: Uint8Array) => Promise<readonly Problem[]>
}

const kinds = ['document', 'message', 'says', 'decides', 'after'] as const

/** Reads the files that a step names, and checks its body as the door would. */
export async function readStep(given: Given, path: YamlPath, reading: StepReading): Promise<Found> {
  const { document, message, says, decides, after, inbox } = given
  const named = kinds.filter((kind) => given[kind] !== undefined)
  const isAstray = inbox !== undefined && document === undefined && message === undefined
  if (named.length !== 1 || isAstray) return { problems: [notOneKind(reading.source, path)] }
  const by = inbox === undefined ? {} : { inbox }
  if (document !== undefined) return await readDocument(document, by, [...path, 'document'], reading)
  if (message) return await readMessage(message, by, [...path, 'message'], reading)
  if (says) return { step: { kind: 'says', says }, problems: [] }
  if (decides) return decisions(decides, path, reading.source)
  const [count, unit] = /^(\d+) (.+?)s?$/.exec(after ?? '')?.slice(1) ?? []
  return { step: { kind: 'after', count: Number(count), unit: unitOf(unit) }, problems: [] }
}

function unitOf(unit: string | undefined): Extract<TestStep, { kind: 'after' }>['unit'] {
  return unit === 'working day' || unit === 'hour' || unit === 'minute' ? unit : 'day'
}

async function readDocument(
  document: string,
  by: { inbox?: string },
  path: YamlPath,
  { source, folder }: StepReading,
): Promise<Found> {
  const file = beside(document, source, folder)
  const isFile = await stat(file).then(
    (entry) => entry.isFile(),
    () => false,
  )
  if (!isFile) return { problems: [noFile(document, source, path)] }
  return { step: { kind: 'document', document: file, ...by }, problems: [] }
}

async function readMessage(
  { file, body: own, ...message }: GivenMessage,
  by: { inbox?: string },
  path: YamlPath,
  { source, folder, bodyProblems }: StepReading,
): Promise<Found> {
  if (file === undefined && own === undefined) return { problems: [noBody(source, path)] }
  const read = file === undefined ? {} : await jsonObject(beside(file, source, folder))
  if (read === null) return { problems: [noFile(file ?? '', source, [...path, 'file'])] }
  const body = { ...read, ...own }
  const found = await bodyProblems(message.type, new TextEncoder().encode(JSON.stringify(body)))
  const problems = found.map(({ path: pointer, sentence }) => {
    const steps = pointer.split('/').slice(1)
    const isOwn = own !== undefined && (file === undefined || (steps[0] !== undefined && steps[0] in own))
    return lintError('bad-value', source.placeOf([...path, ...(isOwn ? ['body', ...steps] : ['file'])]), {
      sentence: `The body is no ${message.type}: ${pointer || 'it'}: ${sentence}`,
      remedy: 'See its schema in schemas/canonical.',
    })
  })
  return problems.length > 0 ? { problems } : { step: { kind: 'message', ...message, ...by, body }, problems }
}

/** One decision at a time, each of one kind. */
function decisions(decides: NonNullable<Given['decides']>, path: YamlPath, source: YamlSource): Found {
  const problems = decides.flatMap(({ transaction: _, ...decision }, index) =>
    Object.keys(decision).length === 1
      ? []
      : lintError('bad-value', source.placeOf([...path, 'decides', index]), {
          sentence: 'A decision is exactly one of approve, reject, correct and resolve.',
          remedy: 'Make one line of each.',
        }),
  )
  return problems.length > 0 ? { problems } : { step: { kind: 'decides', decides }, problems }
}

function beside(file: string, source: YamlSource, folder: string): string {
  return join(folder, dirname(source.file), file)
}

async function jsonObject(file: string): Promise<Body | null> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

function notOneKind(source: YamlSource, path: YamlPath): LintProblem {
  return lintError('bad-value', source.placeOf(path), {
    sentence: `A step is exactly one of ${kinds.join(', ')}; only a document and a message have an inbox.`,
    remedy: 'Make one step of each.',
  })
}

function noBody(source: YamlSource, path: YamlPath): LintProblem {
  return lintError('missing', source.placeOf(path), {
    sentence: 'The message has no body.',
    remedy: 'Give it "body", or "file" with a body in JSON.',
  })
}

function noFile(file: string, source: YamlSource, path: YamlPath): LintProblem {
  return lintError('bad-value', source.placeOf(path), {
    sentence: `There is no file ${file} that can be read as what it stands for.`,
    remedy: `Paths are meant from the folder of ${source.file}.`,
  })
}
