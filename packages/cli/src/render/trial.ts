import { readXml, SourceRefused, writeXml } from '@portreeve/formats'
import { count } from '../text/numbers.ts'
import { printable } from '../text/printable.ts'
import { wrap } from '../text/wrap.ts'
import type { Trial, TrialProblem } from '../trial/mapping-trial.ts'
import { colouredJson, colouredXml } from './coloured-text.ts'
import type { Look } from './look.ts'

/** What came out, laid out; then what is wrong with it, with the message, and with the mapping. */
export function renderTrial(trial: Trial, look: Look): string {
  const { style } = look
  const { mapping, from, to, output, input, problems, lint, fault } = trial
  const types = from === null ? '' : style.faint(`  ${from} → ${to}`)
  const told = [
    ...(fault === null ? [] : [line(fault, 'error', look)]),
    ...input.map((problem) => schemaLine(problem, 'the message', 'warning', look)),
    ...problems.map((problem) => schemaLine(problem, 'the output', 'error', look)),
    ...lint.map(({ place, sentence, severity }) =>
      line(`${place.file}:${place.line}:${place.column} ${sentence}`, severity, look),
    ),
  ]
  const summary = told.length === 0 ? style.good('Nothing is wrong.') : count(told.length, 'problem')
  return [
    `${style.bold(mapping)}${types}`,
    ...(output === null ? [] : ['', shown(output, look)]),
    '',
    ...told,
    summary,
  ].join('\n')
}

function shown({ contentType, text }: NonNullable<Trial['output']>, { style }: Look): string {
  const lines = (laidOut: string) => laidOut.trimEnd().split('\n').map(printable)
  if (contentType === 'application/json')
    return lines(json(text))
      .map((one) => colouredJson(one, style))
      .join('\n')
  if (contentType === 'application/xml')
    return lines(xml(text))
      .map((one) => colouredXml(one, style))
      .join('\n')
  return lines(text).join('\n')
}

function json(text: string): string {
  return JSON.stringify(JSON.parse(text), null, 2)
}

function xml(text: string): string {
  try {
    return Buffer.from(writeXml(readXml(Buffer.from(text)), { indentSpaces: 2 })).toString()
  } catch (error) {
    if (error instanceof SourceRefused) return text
    throw error
  }
}

function schemaLine({ path, sentence }: TrialProblem, of: string, severity: 'error' | 'warning', look: Look): string {
  return line(`${path || 'The top'} of ${of}: ${sentence}`, severity, look)
}

function line(sentence: string, severity: 'error' | 'warning', { style, width }: Look): string {
  const mark = severity === 'error' ? style.bad('✗') : style.wait('!')
  return wrap(printable(sentence), { width, first: `${mark} ` })
}
