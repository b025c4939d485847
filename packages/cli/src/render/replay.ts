import type { ReplayPreview, ReplayStatus } from '@portreeve/broker'
import { count, number } from '../text/numbers.ts'
import { printable } from '../text/printable.ts'
import { table } from '../text/table.ts'
import { wrap } from '../text/wrap.ts'
import { type Look, nextStep, time } from './look.ts'

interface PreviewOptions {
  readonly again?: true
  readonly go?: true
}

/** What would be sent to whom; nothing was. */
export function renderPreview({ receivers }: ReplayPreview, look: Look, { again, go }: PreviewOptions = {}): string {
  const { style, width } = look
  const messages = receivers.reduce((sum, one) => sum + one.messages, 0)
  if (messages === 0) return wrap('No message is selected, so there is nothing to send once more.', { width })
  const parts = receivers.filter((one) => one.messages > 0).map((one) => receiverPart(one, look, again === true))
  const wayOn = 'Nothing was sent. To send it, give the same command with --go, --by and --why.'
  return [...parts, ...(go ? [] : [style.faint(wrap(wayOn, { width }))])].join('\n\n')
}

function receiverPart(one: ReplayPreview['receivers'][number], look: Look, again: boolean): string {
  const { style, width } = look
  const { receiver, messages, types, deliveredBefore, waitForPerson, notConcerned, oldest, newest } = one
  const toSend = messages - notConcerned - (again ? 0 : deliveredBefore)
  const rows = [
    ...types.map((each) => [number(each.messages), each.type]),
    [number(deliveredBefore), again ? 'it has already: they take effect there once more' : 'it has already: not sent'],
    [number(waitForPerson), 'of those to send wait for a person: see dead-letters list, transactions list'],
    [number(notConcerned), 'not meant for it, as its route says now: not sent'],
  ].filter(([figure]) => figure !== '0')
  return [
    `${style.bold(printable(receiver))}  ${style.wait(`${count(toSend, 'message')} to send`)}`,
    wrap(`accepted from ${time(oldest, look)} to ${time(newest, look)}`, { width, first: '  ' }),
    table(rows, { right: [0], indent: '  ', width }),
  ].join('\n')
}

/** That replays are under way, and how to see how far they are. */
export function renderStarted(
  replays: readonly { readonly replay: string; readonly receiver: string }[],
  running: boolean,
  look: Look,
): string {
  const how = running
    ? 'They go at the pace of each receiver, behind what is on its way.'
    : 'No broker runs: they go when one is started.'
  return [
    table(
      replays.map(({ replay, receiver }) => [look.style.bold(replay), printable(receiver)]),
      { indent: '  ', width: look.width },
    ),
    wrap(how, { width: look.width }),
    nextStep('See how far they are:', 'replay list', look),
  ].join('\n')
}

/** A row for each: to whom, how far, who decided and why. */
export function renderReplays(replays: readonly ReplayStatus[], look: Look): string {
  if (replays.length === 0) return 'There was no replay.'
  const rows = replays.map((one) => [
    one.replay,
    printable(one.receiver),
    stateOf(one, look),
    number(one.messages),
    time(one.startedAt, look),
    printable(`${one.by}: ${one.why}`),
  ])
  return table(rows, {
    head: ['Replay', 'Receiver', 'State', 'Sent', 'Started', 'By whom, and why'],
    right: [3],
    width: look.rowWidth,
  })
}

function stateOf({ state, looked, inAll }: ReplayStatus, { style }: Look): string {
  if (state === 'under-way') {
    const percent = inAll === 0 ? 100 : Math.floor((looked / inAll) * 100)
    return style.wait(`under way, ${percent} %`)
  }
  return state === 'finished' ? style.good(state) : style.faint(state)
}
