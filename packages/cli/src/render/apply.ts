import type { Applied } from '@portreeve/broker'
import { wrap } from '../text/wrap.ts'
import { renderChanges } from './diff.ts'
import type { Look } from './look.ts'

/** That it was taken over, and what is other now. */
export function renderApplied({ before, after, changes, opened }: Applied, look: Look): string {
  const { style, width } = look
  if (changes.length === 0 && opened.length === 0) {
    return wrap(`Nothing is other: the broker works with ${after} already.`, { width })
  }
  const adapters = opened.length === 0 ? [] : ['', wrap(`Opened anew: ${opened.join(', ')}.`, { width })]
  return [
    wrap(`The broker works with ${style.good(after)} now; before: ${before}.`, { width }),
    ...renderChanges(changes, look),
    ...adapters,
  ].join('\n')
}
