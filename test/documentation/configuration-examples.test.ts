import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { adapters, bodyProblems, conditionProblems, runRouteTests } from '@portreeve/broker'
import { type LintProblem, loadConfiguration, loadRouteTests, requireConfiguration } from '@portreeve/configuration'
import { afterAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { root } from '../support/source-files.ts'
import { fencesOf } from './fences.ts'

const examples = globSync('config/**/broker.yaml', { cwd: root }).map(dirname).sort()
const pages = globSync('docs/how-to/*.md', { cwd: root }).sort()
const withYaml = pages
  .map((page) => ({ page, fences: fencesOf(readFileSync(join(root, page), 'utf8'), 'yaml') }))
  .filter(({ fences }) => fences.length > 0)

const options = {
  declarations: adapters,
  conditionProblems,
  environment: { VOA_PASSWORD: 'correct horse', CRM_KEY: 'battery-staple', HOUSING_KEY: 'reed-and-withy' },
  // The holidays of the example go to 2027.
  now: () => new Date('2026-06-01T12:00:00Z'),
}

/** Warnings that are true of the example, and nothing can be done about. */
const waived: ReadonlySet<string> = new Set([
  'routes/e-mails.yaml unsafe-retry',
  'routes/rejections-to-e-mail.yaml unsafe-retry',
])

async function problemsOf(folder: string): Promise<readonly LintProblem[]> {
  const { configuration, problems } = await loadConfiguration({ ...options, folder })
  const tests = configuration ? await loadRouteTests(configuration, { ...options, bodyProblems }) : { problems: [] }
  return [...problems, ...tests.problems].filter(({ kind, place }) => !waived.has(`${place.file} ${kind}`))
}

async function play(folder: string, file: string): Promise<readonly string[]> {
  const configuration = await requireConfiguration({ ...options, folder, needsSecrets: false })
  const { results } = await runRouteTests(configuration, { only: [basename(file, '.test.yaml')] })
  return results.flatMap(({ differences }) => differences)
}

describe('the configuration that is shown', () => {
  it('is there', () => {
    expect(examples).toContain(join('config', 'examples', 'sallowmere'))
    expect(withYaml.map(({ page }) => basename(page))).toEqual([
      'connect-a-back-office.md',
      'connect-your-systems.md',
      'handle-a-dead-letter.md',
      'kafka-topics.md',
      'run-on-kafka.md',
      'take-transactions-from-a-web-form.md',
      'test-a-configuration.md',
      'write-a-mapping.md',
      'write-a-route.md',
    ])
  })

  it.each(examples)('of %s lints clean', async (folder) => {
    expect(await problemsOf(join(root, folder))).toEqual([])
  })
})

describe.each(withYaml)('$page', ({ page, fences }) => {
  const folder = mkdtempSync(join(tmpdir(), 'portreeve-fences-'))
  // The other pages speak of the first journey, whose files know nothing of the second.
  const isWhole =
    /(connect-a-back-office|handle-a-dead-letter|kafka-topics|run-on-kafka|write-a-mapping|test-a-configuration)\.md$/.test(
      page,
    )
  cpSync(join(root, 'config', 'examples', 'sallowmere'), folder, {
    recursive: true,
    filter: (path) =>
      isWhole || !/\/(processes|quality|routes\/(updates-to-[a-z-]+|e-mails)(\.test)?\.yaml)$/.test(path),
  })
  mkdirSync(join(folder, 'routes'), { recursive: true })
  for (const { about: file, text } of otherFiles(page)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  afterAll(() => rmSync(folder, { recursive: true }))

  // Fences build on those above them, as a reader does.
  it.each(fences.map(({ line, text }) => ({ line, text })))(
    'shows in line $line what lints clean',
    async ({ line, text }) => {
      const [, added, file] =
        /^# (added to )?(broker\.yaml|(?:routes|processes|quality|mappings)\/[a-z0-9-]+(?:\.test)?\.yaml)\n/.exec(
          text,
        ) ?? []
      expect(
        file,
        `the fence in ${page}:${line} does not begin with the name of a file, such as "# routes/<name>[.test].yaml"`,
      ).toBeDefined()
      const target = join(folder, file ?? '')
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, added ? mergedYaml(readFileSync(target, 'utf8'), text) : text)
      // A page shows a mapping before the route that uses it.
      const problems = (await problemsOf(folder)).filter(({ kind }) => kind !== 'unused-mapping')
      const told = problems.map(({ place, sentence }) => `${page}:${line + place.line} (${place.file}) ${sentence}`)
      expect(told).toEqual([])
      if (file?.endsWith('.test.yaml')) expect(await play(folder, file)).toEqual([])
    },
    60_000,
  )
})

/** A file with the lines that a page says to add, each under its heading. */
function mergedYaml(file: string, lines: string): string {
  const merge = (one: unknown, other: unknown): unknown =>
    isMap(one) && isMap(other)
      ? Object.fromEntries([
          ...Object.entries(one),
          ...Object.entries(other).map(([key, value]) => [key, merge(one[key], value)]),
        ])
      : other
  return stringify(merge(parse(file), parse(lines)))
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Fences that are no YAML and say which file they show. */
function otherFiles(page: string): ReturnType<typeof fencesOf> {
  const text = readFileSync(join(root, page), 'utf8')
  return ['json', 'xml'].flatMap((language) => fencesOf(text, language)).filter(({ about }) => about !== '')
}
