import type { RouteTestResults } from '@portreeve/broker'
import { count } from '../text/numbers.ts'
import { printable } from '../text/printable.ts'
import { wrap } from '../text/wrap.ts'
import type { Look } from './look.ts'

/** Each case with what was not as expected, then how many came out as expected, and the ways that no case took. */
export function renderRouteTests({ results, untested, ways }: RouteTestResults, { style, width }: Look): string {
  const told = results.map(({ route, name, place: { file, line }, differences }) => {
    const mark = differences.length === 0 ? style.good('✓') : style.bad('✗')
    const faults = differences.map((sentence) => wrap(printable(sentence), { width, first: '    ' }))
    const where = differences.length === 0 ? [] : [`    ${style.faint(`${file}:${line}`)}`]
    return [
      wrap(printable(name), { width, first: `${mark} ${style.bold(route)}: `, hanging: '    ' }),
      ...faults,
      ...where,
    ].join('\n')
  })
  const held = results.filter(({ differences }) => differences.length === 0).length
  const verdict = (held === results.length ? style.good : style.bad)(
    `${held} of ${count(results.length, 'case')} as expected`,
  )
  const coverage =
    untested.length === 0
      ? `Every way through the routes was taken (${ways}).`
      : `Of ${count(ways, 'way')} through the routes no case took ${untested.length}:`
  return [
    ...told,
    '',
    wrap(`${verdict}. ${coverage}`, { width }),
    ...untested.map((way) => wrap(style.wait(way), { width, first: '  ', hanging: '      ' })),
  ].join('\n')
}
