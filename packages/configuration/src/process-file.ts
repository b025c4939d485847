import { basename } from 'node:path'
import { checkBySchema } from './check-by-schema.ts'
import type { ProcessConfiguration, QualityConfiguration } from './configuration.ts'
import { type LintProblem, lintError } from './lint-problem.ts'
import { namePattern, ProcessFile, QualityFile } from './process-schema.ts'
import type { YamlSource } from './yaml-source.ts'

/** What a file says, and where: for what only shows when files are looked at together. */
export interface Located<Value> {
  readonly value: Value
  readonly source: YamlSource
}

export interface Read<Value> {
  readonly located?: Located<Value>
  readonly problems: readonly LintProblem[]
}

/** `processes/<name>.yaml`: its name is the file's. */
export function readProcessFile(source: YamlSource): Read<ProcessConfiguration> {
  const name = basename(source.file, '.yaml')
  const unread = unreadable(source, name)
  if (unread.length > 0) return { problems: unread }
  const { value: file, problems } = checkBySchema(ProcessFile, source.value, source, [])
  if (file === undefined) return { problems }
  const { quality = null, acknowledgement = null, alert = null, holidays = [], systems, ...types } = file
  const value: ProcessConfiguration = {
    name,
    ...types,
    quality,
    acknowledgement,
    alert,
    holidays,
    systems: Object.entries(systems).map(
      ([label, { confirmWithinWorkingDays = null, administrators = [], service }]) => {
        return { label, service, confirmWithinWorkingDays, administrators }
      },
    ),
    place: source.placeOf(['startsWith'], 'key'),
  }
  return { located: { value, source }, problems }
}

/** `quality/<name>.yaml`: its name is the file's. */
export function readQualityFile(source: YamlSource): Read<QualityConfiguration> {
  const name = basename(source.file, '.yaml')
  const unread = unreadable(source, name)
  if (unread.length > 0) return { problems: unread }
  const { value: file, problems } = checkBySchema(QualityFile, source.value, source, [])
  if (file === undefined) return { problems }
  const { ask = {}, rules } = file
  return { located: { value: { name, ask, rules, place: source.placeOf([]) }, source }, problems }
}

/** Why a file is not read at all: its name, or its YAML. */
export function unreadable(source: YamlSource, name: string): readonly LintProblem[] {
  if (new RegExp(namePattern).test(name)) return source.problems
  const place = { file: source.file, line: 1, column: 1 }
  return [
    lintError('bad-file-name', place, {
      sentence: `${source.file} is not read: it is called by its file, in small letters, figures and dashes, and ends in .yaml.`,
      remedy: 'Rename it, or move it out of this folder.',
    }),
  ]
}
