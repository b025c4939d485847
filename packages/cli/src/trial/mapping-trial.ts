import { readFile } from 'node:fs/promises'
import type { LintProblem } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import type { Mapping, MappingTrial, ScriptEngine } from '@portreeve/mappings'
import { fileFault } from '../file-fault.ts'

/** One try of a mapping on a file: the answer of `portreeve try`. */
export interface Trial {
  readonly mapping: string
  /** Absolute path. */
  readonly file: string
  /** Types; `null` while the mapping cannot be read. */
  readonly from: string | null
  readonly to: string | null
  /** What came out. `null` when nothing did. */
  readonly output: { readonly contentType: string; readonly text: string } | null
  /** Why nothing did. */
  readonly fault: string | null
  /** What is wrong with the message that it was given, and with what came out, by their schemas. */
  readonly input: readonly TrialProblem[]
  readonly problems: readonly TrialProblem[]
  /** What the linter says of the mapping. */
  readonly lint: readonly LintProblem[]
}

export interface TrialProblem {
  readonly path: string
  readonly rule: string
  readonly sentence: string
}

export interface TrialOf {
  /** Folder of the configuration. */
  readonly folder: string
  readonly mapping: string
  /** Absolute path. */
  readonly file: string
  readonly engine: ScriptEngine
}

/**
 * Maps the message in a file, and says what is wrong. Answers with the files that it was made of, too. Rejects with
 * `PRV_CLI_FILE_UNREADABLE`, and with `PRV_CONFIGURATION_UNREADABLE` when there is no such mapping.
 */
export async function tryMapping(of: TrialOf): Promise<{ trial: Trial; files: readonly string[] }> {
  const { loadMapping } = await import('@portreeve/configuration')
  const { openMapping } = await import('@portreeve/mappings')
  const body = await bodyOf(of.file)
  const { mapping: definition, problems: lint } = await loadMapping(of.folder, of.mapping)
  const nothing = { mapping: of.mapping, file: of.file, output: null, input: [], problems: [], lint }
  if (!definition) return { trial: { ...nothing, from: null, to: null, fault: notReadable }, files: [] }
  const types = { from: definition.from, to: definition.to.type }
  // A schema that cannot be used is one of the linter's problems.
  const opened = await openMapping(definition, of.engine).catch(() => ({ fault: { sentence: notReadable } }))
  if ('fault' in opened) {
    return { trial: { ...nothing, ...types, fault: opened.fault.sentence }, files: definition.files }
  }
  using mapping = opened
  return { trial: { ...nothing, ...types, ...(await outcome(mapping, body)) }, files: definition.files }
}

const notReadable = 'The mapping cannot be used as it is.'

async function outcome(
  mapping: Mapping,
  body: Uint8Array,
): Promise<Pick<Trial, 'output' | 'fault' | 'input' | 'problems'>> {
  const input = await mapping.inputProblems(body)
  const unread = input.find(({ code }) => code !== 'PRV_FORMATS_SCHEMA')
  if (unread) return { output: null, fault: inMessage(unread), input: [], problems: [] }
  const { mapped, fault, problems }: MappingTrial = await mapping.try(body)
  return {
    output: mapped ? { contentType: mapped.contentType, text: new TextDecoder().decode(mapped.body) } : null,
    fault: fault ? at(fault.sentence, fault.place?.line) : null,
    input: input.map(problem),
    problems: problems.map(problem),
  }
}

function at(sentence: string, line: number | undefined): string {
  return line === undefined ? sentence : `Line ${line} of the script: ${sentence}`
}

/** What keeps the file from being read at all. */
function inMessage({ line, column, sentence }: Awaited<ReturnType<Mapping['inputProblems']>>[number]): string {
  return line === undefined ? sentence : `Line ${line}, column ${column} of the message: ${sentence}`
}

function problem({ path, rule, sentence }: TrialProblem): TrialProblem {
  return { path, rule, sentence }
}

async function bodyOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (cause) {
    throw new PortreeveError('PRV_CLI_FILE_UNREADABLE', { file, why: fileFault(cause) }, { cause })
  }
}
