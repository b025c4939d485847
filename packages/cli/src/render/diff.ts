import type { Consequence } from '@portreeve/broker'
import type { Change, ChangeGroup } from '@portreeve/configuration'
import { printable } from '../text/printable.ts'
import { wrap } from '../text/wrap.ts'
import { type Look, nextStep, time } from './look.ts'

/** What a configuration says otherwise, and what that does to what is there. */
export interface Difference {
  readonly before: {
    /** `running`, `stopped`: what a broker works with, or the last one worked with. */
    readonly what: 'running' | 'stopped' | 'folder'
    readonly folder: string
    readonly version: string
    /** RFC 3339; `null` of a folder. */
    readonly since: string | null
  }
  readonly after: { readonly folder: string; readonly version: string }
  readonly changes: readonly Change[]
  readonly consequences: readonly Consequence[]
  /** Settings that an apply cannot take over. */
  readonly needsRestart: readonly string[]
}

/** Spelt out, for the package takes its time to load; the compiler sees to it that none is missing. */
const titles: Readonly<Record<ChangeGroup, string>> = {
  broker: 'Broker',
  door: 'Door',
  adapters: 'Adapters',
  routes: 'Routes',
  mappings: 'Mappings',
  processes: 'Processes',
  quality: 'Quality rules',
  files: 'Templates and other files',
  topics: 'Topics',
}

/** What is other, group by group, then what it does to messages and what would be refused. */
export function renderDiff(difference: Difference, look: Look): string {
  const { changes, consequences, before } = difference
  if (changes.length === 0) return wrap(`Nothing is other than what ${wordsOf(before, look)}.`, { width: look.width })
  return [
    headOf(difference, look),
    ...renderChanges(changes, look),
    ...consequencesOf(consequences, look),
    ...nextSteps(difference, look),
  ].join('\n')
}

/** Changes by group, an empty line before each. */
export function renderChanges(changes: readonly Change[], look: Look): readonly string[] {
  return Object.entries(titles).flatMap(([group, title]) => {
    return groupOf(
      title,
      changes.filter((change) => change.group === group),
      look,
    )
  })
}

function nextSteps({ before, consequences, needsRestart }: Difference, look: Look): readonly string[] {
  if (before.what !== 'running') return []
  if (needsRestart.length > 0) {
    const sentence = `An apply cannot take over ${needsRestart.join(', ')}: that takes a restart.`
    return ['', wrap(look.style.wait(sentence), { width: look.width })]
  }
  const isRefused = consequences.some(({ refusal }) => refusal !== null)
  return isRefused ? [] : ['', nextStep('Take it over, all or nothing:', 'apply', look)]
}

/** Changes of one group, the name of each thing once. */
function groupOf(title: string, changes: readonly Change[], { style, width }: Look): readonly string[] {
  if (changes.length === 0) return []
  const marks = { added: style.good('new'), removed: style.bad('gone'), changed: style.wait('other') } as const
  return [
    '',
    style.bold(title),
    ...changes.flatMap(({ name, kind, sentences }) => [
      `  ${printable(name)}  ${marks[kind]}`,
      ...sentences.map((sentence) => wrap(printable(sentence), { width, first: '    ' })),
    ]),
  ]
}

function headOf({ before, after }: Difference, look: Look): string {
  const { style, width } = look
  return [
    wrap(`${style.bold(after.version)}  ${after.folder}`, { width, hanging: '  ' }),
    wrap(`compared with ${before.version}, what ${wordsOf(before, look)}`, { width, hanging: '  ' }),
  ].join('\n')
}

function wordsOf({ what, folder, since }: Difference['before'], look: Look): string {
  if (what === 'folder') return `${folder} says`
  return `the ${what === 'running' ? 'broker works' : 'last broker worked'} with since ${time(since, look)}`
}

function consequencesOf(consequences: readonly Consequence[], { style, width }: Look): readonly string[] {
  if (consequences.length === 0) return []
  const told = consequences.map(({ refusal, sentence }) => {
    const first = refusal === null ? '  ' : `  ${style.bad(refusal)}  `
    return wrap(printable(sentence), { width, first, hanging: '    ' })
  })
  const isRefused = consequences.some(({ refusal }) => refusal !== null)
  const title = isRefused ? 'What it does to messages, and what a start would refuse' : 'What it does to messages'
  return ['', style.bold(title), ...told]
}
