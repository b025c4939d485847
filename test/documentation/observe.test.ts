import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adapters, conditionProblems, healthParts } from '@portreeve/broker'
import { loadConfiguration } from '@portreeve/configuration'
import { metricNames, spanAttributes, spanNames } from '@portreeve/telemetry'
import { describe, expect, it } from 'vitest'
import { root } from '../support/source-files.ts'
import { fencesOf } from './fences.ts'

const page = readFileSync(join(root, 'docs/how-to/observe.md'), 'utf8')
const broker = `authority: { code: X99000001, name: Borough of Sallowmere }
dataFolder: data
adapters: { inbox: { adapter: revenues, inboxFolder: inbox } }
`

/** Rows of the table under this head. */
function rows(head: string): readonly string[] {
  const [, table = ''] = page.split(`| ${head} |`)
  const [text = ''] = table.split('\n\n')
  return text.split('\n').slice(2)
}

describe('the page about observing', () => {
  it('has every metric, with its kind, labels and meaning, and none that is not there', () => {
    expect(rows('Metric | Kind | Labels | What it says')).toEqual(
      Object.entries(metricNames).map(([name, { kind, labels, help }]) => {
        return `| \`${name}\` | ${kind} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${help} |`
      }),
    )
  })

  it('has every span and every attribute, and none that is not there', () => {
    expect(rows('Span | Kind | What it is')).toEqual(
      Object.entries(spanNames).map(([name, { kind, means }]) => `| \`${name} …\` | ${kind} | ${means} |`),
    )
    expect(rows('Attribute | What it says')).toEqual(
      Object.values(spanAttributes).map(({ key, means }) => `| \`${key}\` | ${means} |`),
    )
  })

  it('alerts by metrics that there are', () => {
    const named = rows('When | Because').flatMap((row) => /portreeve_[a-z_]+/.exec(row) ?? [])
    expect(named.length).toBeGreaterThan(4)
    expect(named.filter((name) => !(name in metricNames))).toEqual([])
  })

  it('shows health with every part', () => {
    const [shown] = fencesOf(page, 'json')
    expect(Object.keys(JSON.parse(shown?.text ?? '{}').parts)).toEqual(healthParts)
  })

  it.each(fencesOf(page, 'yml'))('shows in line $line what lints clean', async ({ text }) => {
    const folder = await mkdtemp(join(tmpdir(), 'portreeve-observe-'))
    try {
      await writeFile(join(folder, 'broker.yaml'), broker + text)
      const options = { folder, declarations: adapters, conditionProblems, environment: {} }
      const { configuration, problems } = await loadConfiguration(options)
      expect(problems.filter(({ kind }) => kind !== 'no-route')).toEqual([])
      expect(configuration?.telemetry).toBeDefined()
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
