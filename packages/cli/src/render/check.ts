import type { TopicsCheck } from '@portreeve/broker'
import type { AdapterCheck } from '../check-adapters.ts'
import { count } from '../text/numbers.ts'
import { printable } from '../text/printable.ts'
import { table } from '../text/table.ts'
import { wrap } from '../text/wrap.ts'
import type { Look } from './look.ts'
import { renderTopicsCheck } from './topics-check.ts'

export interface CheckResult {
  readonly adapters?: readonly AdapterCheck[]
  readonly topics?: TopicsCheck
  /** What does not fit in the data, a sentence each. */
  readonly data?: readonly string[]
}

/** Each system with how it answered, and how the topics stand; or what does not fit in the data. */
export function renderCheck({ adapters, topics, data }: CheckResult, look: Look): string {
  const { style, width } = look
  if (data) {
    if (data.length === 0) return style.good('Everything fits: log, ledger and dead letters.')
    return [
      ...data.map((sentence) => wrap(printable(sentence), { width, first: `${style.bad('!')} ` })),
      '',
      count(data.length, 'problem'),
    ].join('\n')
  }
  return [
    ...(adapters ? [renderAdapters(adapters, look)] : []),
    ...(topics ? [renderTopicsCheck(topics, look)] : []),
  ].join('\n\n')
}

function renderAdapters(adapters: readonly AdapterCheck[], { style, width }: Look): string {
  return table(
    adapters.map(({ label, adapter, error, elapsedMs }) => [
      label,
      adapter,
      error ? style.bad('not reached') : style.good('reached'),
      error ? `${error.code} ${printable(error.message)} ${printable(error.remedy)}` : `in ${elapsedMs} ms`,
    ]),
    { head: ['Label', 'Adapter', '', ''], width },
  )
}
