import { basename, extname, join } from 'node:path'
import type { MappingTarget, ScriptPlace, TargetSchema } from '@portreeve/mappings'
import { checkBySchema } from './check-by-schema.ts'
import type { ConfigurationPlace, MappingConfiguration } from './configuration.ts'
import { type LintProblem, lintError } from './lint-problem.ts'
import { MappingFile } from './mapping-schema.ts'
import { type Located, type Read, unreadable } from './process-file.ts'
import type { YamlPath, YamlSource } from './yaml-source.ts'

export interface LocatedMapping extends Located<MappingConfiguration> {
  /** Where a place of the script stands in the configuration. */
  readonly placeInScript: (place?: ScriptPlace) => ConfigurationPlace
}

export interface ReadMapping extends Read<MappingConfiguration> {
  readonly located?: LocatedMapping
}

/** The text of a file, by its path from the configuration folder; `undefined` when it cannot be read. */
type ReadText = (file: string) => Promise<string | undefined>

/** `mappings/<name>.yaml`, with the script and the schema that it names; its name is the file's. */
export async function readMappingFile(source: YamlSource, folder: string, read: ReadText): Promise<ReadMapping> {
  const name = basename(source.file, '.yaml')
  const unread = unreadable(source, name)
  if (unread.length > 0) return { problems: unread }
  const { value: file, problems } = checkBySchema(MappingFile, source.value, source, [])
  if (file === undefined) return { problems }
  const script = await scriptOf(file, source, read)
  const to = await targetOf(file, source, folder, read)
  const found = [script, to].flatMap((part) => ('problem' in part ? part.problem : []))
  if ('problem' in script || 'problem' in to) return { problems: found }
  const { from, language, examples = [] } = file
  const value: MappingConfiguration = {
    name,
    from,
    to: to.target,
    script: { language, text: script.text },
    examples: examples.map(({ given, expect }) => ({
      given: join(folder, 'mappings', given),
      ...(expect !== undefined && { expect: join(folder, 'mappings', expect) }),
    })),
    files: [source.file, script.file, to.file].flatMap((one) => (one === undefined ? [] : join(folder, one))),
    place: source.placeOf(['from'], 'key'),
  }
  return { located: { value, source, placeInScript: script.placeOf }, problems: [] }
}

interface ScriptText {
  readonly text: string
  /** Absent: it stands in the YAML. */
  readonly file?: string
  readonly placeOf: LocatedMapping['placeInScript']
}

interface Target {
  readonly target: MappingTarget
  /** Of its schema. */
  readonly file?: string
}

interface Faulty {
  readonly problem: LintProblem
}

async function scriptOf(file: MappingFile, source: YamlSource, read: ReadText): Promise<ScriptText | Faulty> {
  const { script, scriptFile } = file
  if (script !== undefined && scriptFile !== undefined) {
    return faulty(source, ['scriptFile'], 'The mapping has script and scriptFile.', 'Take one of them out.')
  }
  if (script !== undefined) {
    return { text: script, placeOf: (place) => source.placeInText(['script'], place) }
  }
  if (scriptFile === undefined) {
    return faulty(source, [], 'The mapping has no script.', 'Add "script" with the script, or "scriptFile".')
  }
  const path = `mappings/${scriptFile}`
  const text = await read(path)
  if (text === undefined) return unreadFile(source, ['scriptFile'], path)
  return { text, file: path, placeOf: (place = { line: 1, column: 1 }) => ({ file: path, ...place }) }
}

async function targetOf(
  { to, language }: MappingFile,
  source: YamlSource,
  folder: string,
  read: ReadText,
): Promise<Target | Faulty> {
  if (typeof to === 'string') return { target: { type: to } }
  const { name: type, schemaFile } = to
  if (schemaFile === undefined) return { target: { type } }
  const at = ['to', 'schemaFile']
  const path = `mappings/${schemaFile}`
  const wanted = language === 'jsonata' ? '.json' : '.xsd'
  if (extname(schemaFile) !== wanted) {
    return faulty(
      source,
      at,
      `What ${language} makes is checked by a schema that ends in ${wanted}.`,
      'Name such a file.',
    )
  }
  const text = await read(path)
  if (text === undefined) return unreadFile(source, at, path)
  if (wanted === '.xsd') {
    const whole = join(folder, path)
    return { target: { type, schema: { kind: 'xsd', folder: join(whole, '..'), file: basename(whole) } }, file: path }
  }
  const schema = jsonSchema(text)
  return schema
    ? { target: { type, schema }, file: path }
    : faulty(source, at, `${path} is no JSON object.`, 'Write a JSON Schema into it.')
}

function jsonSchema(text: string): TargetSchema | undefined {
  try {
    const schema: unknown = JSON.parse(text)
    return typeof schema === 'object' && schema !== null ? { kind: 'json', schema: { ...schema } } : undefined
  } catch {
    return undefined
  }
}

function unreadFile(source: YamlSource, at: YamlPath, path: string): Faulty {
  return faulty(source, at, `${path} cannot be read.`, 'Check its name and who may read it.')
}

function faulty(source: YamlSource, at: YamlPath, sentence: string, remedy: string): Faulty {
  return { problem: lintError('bad-value', source.placeOf(at), { sentence, remedy }) }
}
