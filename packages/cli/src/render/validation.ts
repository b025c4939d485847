import type { DocumentVerdict, ReportVerdict } from '@portreeve/adapter-sdk'
import { count } from '../text/numbers.ts'
import { printable } from '../text/printable.ts'
import { wrap } from '../text/wrap.ts'
import type { Look } from './look.ts'

type Problem = ReportVerdict['problems'][number]
type Correction = ReportVerdict['corrections'][number]

/** One report, when there is something to say of it; else `''`. */
export function renderReportVerdict(verdict: ReportVerdict, look: Look): string {
  const { problems, corrections, warnings } = verdict
  if (problems.length + corrections.length + warnings.length === 0) return ''
  const { style } = look
  const mark = {
    refused: style.bad('would be refused'),
    corrected: style.wait('would be corrected'),
    // Whether anything is sent is known at the end of the file.
    sent: style.good('needs no correction'),
  }[verdict.verdict]
  return [
    wrap(`${style.bold(`Report ${verdict.index + 1}`)} ${mark}${identity(verdict, look)}`, {
      width: look.width,
      first: '  ',
      hanging: '      ',
    }),
    ...problems.map((problem) => problemLine(problem, style.bad('refused'), look)),
    ...(problems.length > 0 ? [] : corrections.map((correction) => correctionLine(correction, look))),
    ...warnings.map((problem) => problemLine(problem, style.wait('note'), look)),
  ].join('\n')
}

/** The file as a whole: what refuses it, or what would become of its reports. */
export function renderDocumentVerdict(verdict: DocumentVerdict, look: Look): string {
  const { style } = look
  const { problems, sent, corrected, refused, notes } = verdict
  if (problems.length > 0) {
    return [
      `  ${style.bad('The whole file would be refused')}; nothing of it would be sent:`,
      ...problems.map((problem) => problemLine(problem, style.bad('refused'), look)),
    ].join('\n')
  }
  const counts = [
    style.good(`${count(sent, 'report')} would be sent as they are`),
    ...(corrected > 0 ? [style.wait(`${count(corrected, 'report')} would be corrected, then sent`)] : []),
    ...(refused > 0 ? [style.bad(`${count(refused, 'report')} would be refused`)] : []),
  ]
  return [
    wrap(`${counts.join(', ')}.`, { width: look.width, first: '  ' }),
    ...notes.map((note) => wrap(printable(note), { width: look.width, first: `  ${style.wait('note')} ` })),
  ].join('\n')
}

function identity({ identity: names }: ReportVerdict, { style }: Look): string {
  const told = Object.entries(names).map(([name, value]) => `${name} ${printable(value)}`)
  return told.length > 0 ? style.faint(`  ${told.join(', ')}`) : ''
}

function problemLine(
  { code, line, column, rule, path, value, sentence }: Problem,
  mark: string,
  { width }: Look,
): string {
  const place = line === undefined ? '' : ` line ${line}${column === undefined ? '' : `:${column}`}`
  const found = value ? ` Found: "${printable(value)}".` : ''
  const named = rule === code ? code : `${code} ${rule}`
  const at = path === '' ? '' : `\n      at ${printable(path)}`
  return `${wrap(`${mark}${place}  ${named}`, { width, first: '    ', hanging: '      ' })}\n${wrap(`${printable(sentence)}${found}`, { width, first: '      ' })}${at}`
}

function correctionLine({ rule, path, before, after }: Correction, { width }: Look): string {
  const shown = (value: string | undefined) => (value === undefined ? 'nothing' : `"${printable(value)}"`)
  const change = wrap(`${shown(before)} becomes ${shown(after)}`, { width, first: '      ' })
  return `    corrected  ${rule}\n${change}\n      at ${printable(path)}`
}
