import type { LintProblem } from '@portreeve/configuration'
import { count } from '../text/numbers.ts'
import { printable } from '../text/printable.ts'
import { wrap } from '../text/wrap.ts'
import type { Look } from './look.ts'

/** Each problem with its place and remedy, then how many there are. */
export function renderLint(folder: string, problems: readonly LintProblem[], { style, width }: Look): string {
  const told = problems.map(({ severity, kind, place: { file, line, column }, sentence, remedy }) => {
    const mark = severity === 'error' ? style.bad('error') : style.wait('warning')
    return `${style.bold(`${file}:${line}:${column}`)}  ${mark} ${kind}\n${wrap(printable(sentence), { width, first: '  ' })}\n${wrap(printable(remedy), { width, first: `  ${style.faint('→')} ` })}\n`
  })
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  const summary =
    problems.length === 0 ? style.good('Nothing is wrong') : `${count(errors, 'error')}, ${count(warnings, 'warning')}`
  return [...told, `${summary} in ${folder}`].join('\n')
}
