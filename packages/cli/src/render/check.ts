import type { AdapterCheck } from '../check-adapters.ts'
import { count } from '../text/numbers.ts'
import { printable } from '../text/printable.ts'
import { table } from '../text/table.ts'
import { wrap } from '../text/wrap.ts'
import type { Look } from './look.ts'

export interface CheckResult {
  readonly adapters?: readonly AdapterCheck[]
  /** What does not fit in the data, a sentence each. */
  readonly data?: readonly string[]
}

/** Each system with how it answered; or what does not fit in the data. */
export function renderCheck({ adapters = [], data }: CheckResult, { style, width }: Look): string {
  if (data) {
    if (data.length === 0) return style.good('Everything fits: log, ledger and dead letters.')
    return [
      ...data.map((sentence) => wrap(printable(sentence), { width, first: `${style.bad('!')} ` })),
      '',
      count(data.length, 'problem'),
    ].join('\n')
  }
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
