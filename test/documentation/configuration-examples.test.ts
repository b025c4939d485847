import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { adapters, conditionProblems } from '@portreeve/broker'
import { type LintProblem, loadConfiguration } from '@portreeve/configuration'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from '../support/source-files.ts'
import { fencesOf } from './fences.ts'

const examples = globSync('config/**/broker.yaml', { cwd: root }).map(dirname).sort()
const pages = globSync('docs/how-to/*.md', { cwd: root }).sort()
const withYaml = pages
  .map((page) => ({ page, fences: fencesOf(readFileSync(join(root, page), 'utf8'), 'yaml') }))
  .filter(({ fences }) => fences.length > 0)

async function problemsOf(folder: string): Promise<readonly LintProblem[]> {
  const { problems } = await loadConfiguration({
    folder,
    declarations: adapters,
    conditionProblems,
    environment: { VOA_PASSWORD: 'correct horse' },
  })
  return problems
}

describe('the configuration that is shown', () => {
  it('is there', () => {
    expect(examples).toContain(join('config', 'examples', 'sallowmere'))
    expect(withYaml.map(({ page }) => basename(page))).toEqual(['connect-your-systems.md', 'write-a-route.md'])
  })

  it.each(examples)('of %s lints clean', async (folder) => {
    expect(await problemsOf(join(root, folder))).toEqual([])
  })
})

describe.each(withYaml)('$page', ({ page, fences }) => {
  const folder = mkdtempSync(join(tmpdir(), 'portreeve-fences-'))
  cpSync(join(root, 'config', 'examples', 'sallowmere'), folder, { recursive: true })
  mkdirSync(join(folder, 'routes'), { recursive: true })
  afterAll(() => rmSync(folder, { recursive: true }))

  // Fences build on those above them, as a reader does.
  it.each(fences.map(({ line, text }) => ({ line, text })))(
    'shows in line $line what lints clean',
    async ({ line, text }) => {
      const [, file] = /^# (broker\.yaml|routes\/[a-z0-9-]+\.yaml)\n/.exec(text) ?? []
      expect(
        file,
        `the fence in ${page}:${line} does not begin with "# broker.yaml" or "# routes/<name>.yaml"`,
      ).toBeDefined()
      writeFileSync(join(folder, file ?? ''), text)
      const problems = await problemsOf(folder)
      const told = problems.map(({ place, sentence }) => `${page}:${line + place.line} (${place.file}) ${sentence}`)
      expect(told).toEqual([])
    },
  )
})
