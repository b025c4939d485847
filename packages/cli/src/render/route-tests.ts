import type { Coverage, RouteTestResults } from '@portreeve/broker'
import { count, number } from '../text/numbers.ts'
import { printable } from '../text/printable.ts'
import { wrap } from '../text/wrap.ts'
import type { Look } from './look.ts'

type Result = RouteTestResults['results'][number]

/** Each case with what was not as expected, then how many came out as expected, and what no case showed. */
export function renderRouteTests({ results, ways, outcomes }: RouteTestResults, look: Look): string {
  const { style, width } = look
  const held = results.filter(({ differences }) => differences.length === 0).length
  const verdict = (held === results.length ? style.good : style.bad)(
    `${held} of ${count(results.length, 'case')} as expected`,
  )
  return [
    ...results.map((result) => renderCase(result, look)),
    '',
    wrap(`${verdict}.`, { width }),
    ...renderCoverage('Ways through routes and rules', ways, look),
    ...renderCoverage('What can come of it', outcomes, look),
  ].join('\n')
}

function renderCase({ of, name, place: { file, line }, differences, sent }: Result, { style, width }: Look): string {
  const isHeld = differences.length === 0
  const mark = isHeld ? style.good('✓') : style.bad('✗')
  const title = wrap(printable(name), { width, first: `${mark} ${style.bold(of)}: `, hanging: '    ' })
  if (isHeld) return title
  const faults = differences.map((sentence) => wrap(printable(sentence), { width, first: '    ' }))
  const went = sent.map(({ receiver, type, state, messages }) =>
    wrap(style.faint(`${receiver}: ${number(messages)} ${type} ${state}`), {
      width,
      first: '      ',
      hanging: '        ',
    }),
  )
  const routes = went.length > 0 ? ['    What became of it, by route and receiver:', ...went] : []
  return [title, ...faults, ...routes, `    ${style.faint(`${file}:${line}`)}`].join('\n')
}

function renderCoverage(what: string, { inAll, untested }: Coverage, { style, width }: Look): readonly string[] {
  if (inAll === 0) return []
  const shown = `${what}: ${number(inAll - untested.length)} of ${number(inAll)} shown`
  if (untested.length === 0) return [wrap(`${shown}.`, { width })]
  return [
    wrap(`${shown}; no case shows`, { width }),
    ...untested.map((name) => wrap(style.wait(name), { width, first: '  ', hanging: '      ' })),
  ]
}
