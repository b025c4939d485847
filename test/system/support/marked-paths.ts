import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCli } from '@portreeve/cli'
import { expect } from 'vitest'
import { parse, stringify } from 'yaml'
import type { TellUsOnce, Told } from './tell-us-once.ts'
import { type Change, daysAgo } from './tell-us-once-people.ts'
import { until } from './until.ts'

type Journey = Pick<TellUsOnce, 'configurationFolder' | 'environment'>

/** What a command says, on both streams, at a terminal. */
export async function said(
  { configurationFolder, environment }: Journey,
  words: readonly string[],
  codes: readonly number[] = [0],
): Promise<string> {
  const told: string[] = []
  const code = await runCli([...words, '--config', configurationFolder], {
    out: async (text) => void told.push(text),
    err: (text) => void told.push(text),
    colour: false,
    live: false,
    columns: 200,
    environment,
    workingFolder: configurationFolder,
    now: () => new Date(),
  })
  expect(codes, `${words}: ${told.join('')}`).toContain(code)
  return told.join('')
}

/** The same in words and in JSON. */
async function saidTwice(journey: Journey, words: readonly string[], codes?: readonly number[]): Promise<string> {
  return (await said(journey, words, codes)) + (await said(journey, [...words, '--json'], codes))
}

export interface LaterPaths {
  /** All that was said meanwhile. */
  readonly text: string
  readonly told: readonly Told[]
}

/** A correction that is taken, and a replay of what came of it. */
export async function correctedAndReplayed(journey: TellUsOnce, good: Change): Promise<LaterPaths> {
  const told = await journey.tell({ ...good, movedOn: daysAgo(400) })
  await journey.untilStage(told, 'held')
  const body = join(journey.folder, 'corrected.json')
  await writeFile(body, JSON.stringify(good))
  const clerk = ['--by', 'A. Clerk', '--why', 'Papers were seen.']
  const texts = [await said(journey, ['correct', told.reference, ...clerk, '--body', body])]
  await journey.until(told, 'crm', 'delivered')
  const replay = ['replay', '--receiver', 'updates-to-crm.crm', '--reference', told.reference]
  texts.push(await saidTwice(journey, replay))
  expect(texts.at(-1)).toContain('"deliveredBefore": 1')
  texts.push(await said(journey, [...replay, '--go', ...clerk]))
  const areOver = async () => (await journey.operations.replays()).replays.every(({ state }) => state === 'finished')
  await until('the replay is over', areOver, { withinMs: 60_000 })
  texts.push(await saidTwice(journey, ['replay', 'list']))
  return { text: texts.join('\n'), told: [told] }
}

const requests = 'customer.address-update.requested'
const mappings = {
  crm: { language: 'jsonata', script: '$error("Nothing of " & person.personFamilyName)' },
  'council-tax': {
    language: 'xslt',
    script: `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
        xmlns:p="https://portreeve.example/schemas/canonical/address-update-requested/1">
      <xsl:template match="/">
        <xsl:message terminate="yes">element <xsl:value-of select="//p:personFamilyName"/></xsl:message>
      </xsl:template>
    </xsl:stylesheet>`,
  },
  electoral: { language: 'jsonata', script: '$number(person.personFamilyName)' },
} as const

/** Mappings that quote the person when they stop: looked at by `diff`, taken over by `apply`, and met by a change. */
export async function stoppedByMappings(journey: TellUsOnce, change: Change): Promise<LaterPaths> {
  const folder = journey.configurationFolder
  await mkdir(join(folder, 'mappings'))
  for (const [label, mapping] of Object.entries(mappings)) {
    const text = stringify({ from: requests, to: requests, ...mapping })
    await writeFile(join(folder, `mappings/quoting-${label}.yaml`), text)
    const route = join(folder, `routes/updates-to-${label}.yaml`)
    await writeFile(route, stringify({ ...parse(await readFile(route, 'utf8')), map: `quoting-${label}` }))
  }
  const texts = [await saidTwice(journey, ['diff']), await said(journey, ['apply'])]
  expect(texts[0]).toContain('quoting-crm')
  const told = await journey.tell(change)
  for (const label of Object.keys(mappings)) {
    expect(await journey.until(told, label, 'needs-a-person')).toMatchObject({ code: 'PRV_MAPPINGS_STOPPED' })
  }
  return { text: texts.join('\n'), told: [told] }
}
