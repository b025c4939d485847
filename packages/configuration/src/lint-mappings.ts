import { readFile } from 'node:fs/promises'
import { isPortreeveError } from '@portreeve/errors'
import type { Problem } from '@portreeve/formats'
import {
  canonicalSchema,
  checkShapes,
  type Mapping,
  openMapping,
  ownContentType,
  ScriptEngine,
} from '@portreeve/mappings'
import type { Route } from './configuration.ts'
import { differsFrom } from './example-output.ts'
import { type LintProblem, lintError, lintWarning } from './lint-problem.ts'
import type { LocatedMapping } from './mapping-file.ts'

/** What is wrong with mappings: what nobody uses, scripts, and what they make of their examples. */
export async function lintMappings(
  mappings: readonly LocatedMapping[],
  routes: readonly Route[],
): Promise<readonly LintProblem[]> {
  if (mappings.length === 0) return []
  await using engine = new ScriptEngine()
  const found: LintProblem[] = []
  for (const mapping of mappings) {
    found.push(...unused(mapping, routes), ...withoutExample(mapping), ...(await scriptProblems(mapping, engine)))
  }
  return found
}

/** As `lintMappings`, of one mapping, whether a route uses it or not. */
export async function lintMapping(mapping: LocatedMapping): Promise<readonly LintProblem[]> {
  await using engine = new ScriptEngine()
  return await scriptProblems(mapping, engine)
}

function unused({ value: { name }, source }: LocatedMapping, routes: readonly Route[]): readonly LintProblem[] {
  const isUsed = routes.some((route) => route.kind === 'delivery' && route.branches.some(({ map }) => map === name))
  if (isUsed) return []
  return [
    lintWarning('unused-mapping', source.placeOf([]), {
      sentence: `No route uses the mapping ${name}.`,
      remedy: `Name it in a route ("map: ${name}"), or take the file away.`,
    }),
  ]
}

/** What a stylesheet leaves out, only a message that goes through it shows. A result without a schema has nothing to leave out. */
function withoutExample({ value, source }: LocatedMapping): readonly LintProblem[] {
  const { name, script, to, examples } = value
  const hasSchema = to.schema !== undefined || canonicalSchema(to.type) !== undefined
  const isText = ownContentType(value) === 'text/plain'
  if (script.language !== 'xslt' || examples.length > 0 || !hasSchema || isText) return []
  return [
    lintWarning('no-example', source.placeOf([]), {
      sentence: `The stylesheet of ${name} has no example: nobody has looked whether it makes all that a ${to.type} must have.`,
      remedy: 'Add "examples:" with a message that it is given: docs/how-to/write-a-mapping.md.',
    }),
  ]
}

async function scriptProblems(located: LocatedMapping, engine: ScriptEngine): Promise<readonly LintProblem[]> {
  const { value, source, placeInScript } = located
  if (canonicalSchema(value.from) === undefined) {
    return [
      lintError('bad-value', source.placeOf(['from']), {
        sentence: `The model has no type ${value.from}.`,
        remedy: 'Use one of those in schemas/canonical.',
      }),
    ]
  }
  const opened = await openMapping(value, engine).catch(unusableSchema)
  if ('reason' in opened) {
    const said = { sentence: opened.reason, remedy: 'Put the schema right.' }
    return [lintError('bad-value', source.placeOf(['to', 'schemaFile']), said)]
  }
  if ('fault' in opened) {
    const said = { sentence: opened.fault.sentence, remedy: 'Put the script right: docs/how-to/write-a-mapping.md.' }
    return [lintError('bad-script', placeInScript(opened.fault.place), said)]
  }
  using mapping = opened
  const shapes = (await checkShapes(value)).map(({ kind, place, sentence, remedy }) =>
    lintError(kind, placeInScript(place), { sentence, remedy }),
  )
  return [...shapes, ...(await exampleProblems(located, mapping))]
}

function unusableSchema(error: unknown): { readonly reason: string } {
  if (isPortreeveError(error, 'PRV_FORMATS_SCHEMA_UNUSABLE')) return { reason: error.message }
  throw error
}

async function exampleProblems({ value, source }: LocatedMapping, mapping: Mapping): Promise<readonly LintProblem[]> {
  const found = value.examples.map(async (example, index): Promise<readonly LintProblem[]> => {
    const problem = (sentence: string, remedy: string) => [
      lintError('bad-example', source.placeOf(['examples', index]), { sentence, remedy }),
    ]
    const given = await bytes(example.given)
    const expected = example.expect === undefined ? undefined : await bytes(example.expect)
    if (!given || expected === null) return problem('A file of this example cannot be read.', 'Check its name.')
    const [wrong] = await mapping.inputProblems(given)
    if (wrong) return problem(`It is given no ${value.from}: ${broken(wrong)}.`, 'Correct the file.')
    const { mapped, fault, problems } = await mapping.try(given)
    const seeMore = `portreeve try ${value.name} FILE shows what comes out.`
    if (fault) return problem(`The mapping ends: ${fault.sentence}`, seeMore)
    const [first] = problems
    if (first) return problem(`What comes out is no ${value.to.type}: ${broken(first)}.`, seeMore)
    const differs = mapped && expected && differsFrom(mapped, expected)
    return differs ? problem(differs, `${seeMore} Correct the script or the file.`) : []
  })
  return (await Promise.all(found)).flat()
}

/** `null` when it cannot be read. */
async function bytes(file: string): Promise<Uint8Array | null> {
  return await readFile(file).catch(() => null)
}

/** Without the value: an example may be a real message. What is lacking is the schema's own name for it. */
function broken({ path, rule, sentence }: Problem): string {
  const lacking = /^required\b/.test(rule) ? `: ${sentence.replace(/\. Add [^.]*\.$/, '')}` : ''
  return `${path || 'its top'} breaks the rule ${rule}${lacking}`
}
