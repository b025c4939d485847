import type { TopicsCheck } from '@portreeve/broker'
import { count } from '../text/numbers.ts'
import { printable } from '../text/printable.ts'
import { table } from '../text/table.ts'
import { wrap } from '../text/wrap.ts'
import type { Look } from './look.ts'

type Difference = TopicsCheck['differences'][number]

const unseen: Readonly<Record<NonNullable<TopicsCheck['unseen']>, string>> = {
  new: 'No topic is there yet: the broker makes them when it starts.',
  'at work': 'A broker has the log open, which made its topics as declared when it started.',
}

/** What was changed, and in what topics stand otherwise than declared, with what can be done. */
export function renderTopicsCheck(check: TopicsCheck, look: Look): string {
  const { style, width } = look
  if (check.error) {
    const { code, message, remedy } = check.error
    return wrap(`${style.bad('!')} The log: ${code} ${printable(message)} ${printable(remedy)}`, { width })
  }
  if (check.unseen) return wrap(style.faint(unseen[check.unseen]), { width })
  const parts = [
    ...(check.fixed.length > 0 ? [`${style.good('Changed')}\n${rows(check.fixed, look)}`] : []),
    check.differences.length === 0
      ? style.good('The topics are as they are declared.')
      : [
          style.bad(`${count(check.differences.length, 'difference')} between the topics and their declarations`),
          rows(check.differences, look, (difference) => todo(difference, look)),
        ].join('\n'),
  ]
  return parts.join('\n\n')
}

function rows(differences: readonly Difference[], { width }: Look, last?: (difference: Difference) => string): string {
  const cells = differences.map((difference) => {
    const { topic, setting, declared, actual } = difference
    const shown = [topic, setting, declared, actual].map(printable)
    return last ? [...shown, last(difference)] : shown
  })
  const head = ['Topic', 'Setting', 'Declared', last ? 'Is' : 'Was', ...(last ? [''] : [])]
  return table(cells, { head, indent: '  ', width })
}

function todo({ setting, change }: Difference, { typed }: Look): string {
  if (change === 'set') return typed('check --fix')
  if (change === 'moves-keys') {
    return `${typed('check --fix --more-partitions')}: keys move to other partitions, so stop every broker first and let the receivers finish`
  }
  return byHand[setting] ?? "with the cluster's own tools, or declare what is there"
}

const byHand: Readonly<Record<string, string>> = {
  partitions: 'none is ever taken away: declare what is there',
  replication: 'kafka-reassign-partitions.sh moves copies between brokers; or declare what is there',
  'min.insync.replicas': 'one broker that is down stops all writing: kafka-configs.sh, if that is not meant',
}
