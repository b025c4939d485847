import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { parseRecordLayout } from '@portreeve/formats'
import type { AdapterConfiguration } from './configuration.ts'
import { textOf, yamlFiles } from './configuration-files.ts'
import { type LintProblem, lintError } from './lint-problem.ts'
import { YamlSource } from './yaml-source.ts'

interface LayoutSettings {
  /** Absolute. */
  readonly folder: string
  readonly adapters: readonly AdapterConfiguration[]
  readonly source: YamlSource
}

/** Record layouts: those in `layouts/`, and those that adapters' settings name wherever they are. Each is told of once. */
export async function lintLayouts({ folder, adapters, source }: LayoutSettings): Promise<readonly LintProblem[]> {
  const own = await yamlFiles(folder, 'layouts')
  const problems = await Promise.all(own.map(async (file) => layoutProblems(file, await textOf(folder, file))))
  const named = adapters.flatMap(({ label, config }) =>
    Object.entries(config).flatMap(([key, path]) =>
      /(^l|L)ayoutFile$/.test(key) && typeof path === 'string' ? [{ label, key, path }] : [],
    ),
  )
  const found = await Promise.all(
    named.map(async ({ label, key, path }) => {
      const file = relative(folder, path).replaceAll('\\', '/')
      if (own.includes(file)) return []
      const text = await readFile(path, 'utf8').catch(() => null)
      if (text !== null) return layoutProblems(file, text)
      return [
        lintError('bad-layout', source.placeOf(['adapters', label, key]), {
          sentence: `There is no record layout ${file}.`,
          remedy: 'Write it, or correct the path: it is meant from the folder of broker.yaml.',
        }),
      ]
    }),
  )
  return [...problems, ...found].flat()
}

function layoutProblems(file: string, text: string): readonly LintProblem[] {
  const source = new YamlSource(file, text)
  if (source.problems.length > 0) return source.problems
  return parseRecordLayout(source.value).faults.map(({ pointer, sentence }) => {
    const [said = sentence, ...remedy] = sentence.split(/(?<=\.) /)
    const steps = pointer.split('/').slice(1)
    return lintError('bad-layout', source.placeOf(steps), {
      sentence: `${steps.join('.') || 'The layout'}: ${said}`,
      remedy: remedy.join(' ') || 'See docs/how-to/declare-a-record-layout.md.',
    })
  })
}
