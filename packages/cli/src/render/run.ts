import type { BrokerListener } from '@portreeve/broker'
import type { Configuration } from '@portreeve/configuration'
import { count } from '../text/numbers.ts'
import { printable } from '../text/printable.ts'
import { progressFigures } from '../text/progress-line.ts'
import { table } from '../text/table.ts'
import { wrap } from '../text/wrap.ts'
import { renderRoutes } from './inventory.ts'
import type { Look } from './look.ts'
import { progressOf } from './progress.ts'

/** Events that are told in a sentence. */
export type EventName = keyof BrokerListener
export type EventOf<Name extends EventName> = Parameters<NonNullable<BrokerListener[Name]>>[0]
type EventSentences = { readonly [Name in EventName]: (event: EventOf<Name>, look: Look) => string }

/** Head of a run: whose broker it is, where it keeps everything, what it connects. */
export function renderStarted(
  { authority, dataFolder, adapters, routes }: Configuration,
  look: Look,
  doorUrl?: string,
): string {
  const { style, width } = look
  const rows = adapters.map(({ label, adapter, config }) => [label, adapter, whereabouts(config)])
  return [
    wrap(
      `${style.good('Portreeve runs')} for ${style.bold(printable(authority.name))} (${authority.code}), data in ${dataFolder}`,
      { width, hanging: '  ' },
    ),
    '',
    table(rows, { head: ['Label', 'Adapter', 'Where'], indent: '  ', width }),
    '',
    ...(doorUrl === undefined ? [] : [`  Transactions come in at ${doorUrl}`, '']),
    renderRoutes(routes, look, '  '),
    '',
    style.faint('Ctrl-C stops in order.'),
    '',
  ].join('\n')
}

/** What is told of each event. */
export const eventSentences: EventSentences = {
  accepted: ({ status, reference, label, type, fileName }, { style }) => {
    const what = printable(fileName ?? type)
    return status === 'accepted'
      ? `${style.bold(reference)} accepted from ${label}: ${what}`
      : `${style.bold(reference)} came before: ${label} brought the same content again (${what}), and nothing was sent`
  },
  progress: (progress, { style }) => `${style.bold(progress.reference)} ${progressFigures(progressOf(progress))}`,
  split: ({ reference, reports, refused }, { style }) =>
    `${style.bold(reference)} split: ${count(reports, 'message')}${refused > 0 ? `, ${style.bad(`${count(refused, 'report')} refused`)}` : ''}`,
  refused: ({ reference, sentence }, { style, typed }) =>
    `${style.bold(reference)} ${style.bad('refused as a whole')}: ${printable(sentence)} ${style.faint(typed(`track ${reference}`))}`,
  delivered: ({ receiver, outcomes }, look) => `${receiver}: ${tally(outcomes, look)}${more(receiver, outcomes, look)}`,
  invalid: ({ receiver, place, code, sentence, remedy }, { style }) =>
    `${receiver} ${style.bad('cannot read')} ${printable(place)}, which is kept in portreeve.message.invalid: ${code} ${printable(sentence)} ${printable(remedy)}`,
  paused: ({ receiver, code, sentence, remedy }, { style }) =>
    `${receiver} ${style.wait('pauses')}: ${code} ${printable(sentence)} ${printable(remedy)}`,
  resumed: ({ receiver }, { style }) => `${receiver} ${style.good('goes on')}`,
  failing: ({ what, code, sentence, remedy }, { style }) =>
    `${printable(what)} ${style.bad('fails')}: ${code} ${printable(sentence)} ${printable(remedy)}`,
  recovered: ({ what }, { style }) => `${printable(what)} ${style.good('works again')}`,
  tookOver: ({ version, before }, { style }) => `configuration ${style.good(version)} taken over; before: ${before}`,
}

type Outcomes = EventOf<'delivered'>['outcomes']

/** How many became what; of what is not delivered the first references too. */
function tally(outcomes: Outcomes, { style }: Look): string {
  const groups = Map.groupBy(outcomes, ({ state, code }) =>
    state === 'delivered' || code === undefined ? state : `${state} (${code})`,
  )
  return [...groups]
    .map(([told, of]) => {
      const sentence = `${count(of.length, 'message')} ${told}`
      if (told === 'delivered') return style.good(sentence)
      return `${style.bad(sentence)}${named(of)}`
    })
    .join(', ')
}

function named(outcomes: Outcomes): string {
  const references = outcomes.flatMap(({ reference }) => reference ?? [])
  if (references.length === 0) return ''
  const more = references.length > mostNamed ? ` and ${references.length - mostNamed} more` : ''
  return `: ${references.slice(0, mostNamed).join(' ')}${more}`
}

const mostNamed = 3

/** What to type to learn more, where something went wrong. */
function more(receiver: string, outcomes: Outcomes, { style, typed }: Look): string {
  const isParked = outcomes.some(({ state }) => state === 'parked')
  const refused = outcomes.find(({ state, reference }) => state === 'refused' && reference !== undefined)
  if (isParked) return `; ${style.faint(typed(`dead-letters list --receiver ${receiver}`))}`
  return refused ? `; ${style.faint(typed(`track ${refused.reference}`))}` : ''
}

/** Where an adapter's other side is, without anything secret. */
function whereabouts(config: unknown): string {
  if (typeof config !== 'object' || config === null) return ''
  const told = ['baseUrl', 'inboxFolder'].flatMap((key) => {
    const value: unknown = Reflect.get(config, key)
    return typeof value === 'string' ? [printable(value)] : []
  })
  return told.join(', ')
}
