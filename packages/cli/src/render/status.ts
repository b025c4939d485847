import type { Status } from '@portreeve/broker'
import { count, number } from '../text/numbers.ts'
import { printable } from '../text/printable.ts'
import { progressFigures } from '../text/progress-line.ts'
import { table } from '../text/table.ts'
import { wrap } from '../text/wrap.ts'
import { type Look, nextStep, state, time } from './look.ts'
import { progressOf } from './progress.ts'

const states = ['waiting', 'unknown', 'parked', 'refused', 'discarded', 'delivered', 'not-concerned'] as const

/** Whether the broker runs, what each receiver has to do, how many messages are in which state, and what wants a person. */
export function renderStatus(status: Status, look: Look): string {
  const { style } = look
  const head =
    status.broker === 'running'
      ? `${style.good('Running')} since ${time(status.since, look)}, process ${status.pid ?? '?'}`
      : style.wait('Stopped')
  return [
    wrap(`${head}, data in ${status.dataFolder}`, { width: look.width, hanging: '  ' }),
    '',
    style.bold('Receivers'),
    renderReceivers(status, look),
    '',
    style.bold('Messages'),
    messages(status, look),
    ...transactions(status, look),
    ...calls(status, look),
  ].join('\n')
}

/** What each receiver has to do, and why one that is paused is. */
export function renderReceivers({ receivers, broker }: Pick<Status, 'receivers' | 'broker'>, look: Look): string {
  const { style, width } = look
  if (receivers.length === 0) return '  none: no route delivers anything'
  const rows = receivers.map(({ receiver, lag, paused }) => [
    receiver,
    number(lag),
    paused
      ? style.bad(
          `paused since ${time(paused.since, look)}${paused.retryAt === null ? '' : `, tried again ${time(paused.retryAt, look)}`}: ${paused.code} ${printable(paused.sentence)} ${printable(paused.remedy)}`,
        )
      : broker === 'running'
        ? style.good('at work')
        : style.faint('stopped'),
  ])
  return table(rows, { head: ['Receiver', 'To do', ''], right: [1], indent: '  ', width })
}

function messages({ counts }: Status, look: Look): string {
  if (counts.length === 0) return '  none yet'
  const pairs = [...new Map(counts.map(({ type, receiver }) => [`${type} ${receiver}`, { type, receiver }])).values()]
  const rows = pairs.map(({ type, receiver }) => {
    const found = states.flatMap((at) => {
      const counted = counts.find((each) => each.type === type && each.receiver === receiver && each.state === at)
      return counted ? `${number(counted.messages)} ${state(at, look)}` : []
    })
    return [type, receiver, found.join(', ')]
  })
  return table(rows, { head: ['Type', 'Receiver', ''], indent: '  ', width: look.width })
}

/** Nothing where no process has a transaction under way. */
function transactions({ processes }: Status, { style, width }: Look): readonly string[] {
  if (processes.length === 0) return []
  const rows = processes.map(({ process, open, needPerson }) => [
    printable(process),
    number(open),
    needPerson === 0 ? '' : style.bad(number(needPerson)),
  ])
  const head = ['Process', 'Under way', 'Wait for a person']
  return ['', style.bold('Transactions'), table(rows, { head, right: [1, 2], indent: '  ', width })]
}

function calls({ counts, splitters, processes, underWay, failing }: Status, look: Look): readonly string[] {
  const { style, width } = look
  const toRead = splitters.reduce((sum, { lag }) => sum + lag, 0)
  const parked = counts
    .filter((counted) => counted.state === 'parked')
    .reduce((sum, counted) => sum + counted.messages, 0)
  const needPerson = processes.reduce((sum, counted) => sum + counted.needPerson, 0)
  return [
    ...(toRead > 0 ? ['', `${count(toRead, 'file')} still to be read`] : []),
    ...underWay.map((progress) => {
      const { what, ...figures } = progressOf(progress)
      return wrap(`${what}  ${progressFigures(figures)}`, {
        width,
        first: `  ${progress.reference}  `,
        hanging: '      ',
      })
    }),
    ...(failing.length > 0 ? ['', style.bold('Failing')] : []),
    ...failing.map(({ what, code }) =>
      wrap(printable(what), { width, first: `  ${style.bad(code)} `, hanging: '    ' }),
    ),
    ...(parked > 0
      ? ['', nextStep(`${style.bad(number(parked))} waiting for a person:`, 'dead-letters list', look)]
      : []),
    ...(needPerson > 0
      ? ['', nextStep(`${style.bad(count(needPerson, 'transaction'))} waiting for a person:`, 'transactions', look)]
      : []),
  ]
}
