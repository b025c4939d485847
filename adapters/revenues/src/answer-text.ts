import type { Answer, RefusedReport } from './vendor-types.ts'

const width = 72
const rule = '-'.repeat(width)

/** The answer as a page that a revenues officer reads. */
export function answerText(answer: Answer): string {
  return `${[...headline(answer), '', ...details(answer)].join('\n').trimEnd()}\n`
}

function headline({ fileName, reference }: Answer): string[] {
  return [`File:       ${fileName}`, `Reference:  ${reference ?? 'not known yet'}`]
}

function details(answer: Answer): string[] {
  switch (answer.status) {
    case 'duplicate':
      return [
        ...wrap('This file has been sent before; the reference is that of the first copy.', ''),
        ...wrap('Nothing was sent again. If it was meant to be a new file, check what is in it.', ''),
      ]
    case 'refused':
      return [
        'The file as a whole was refused. Nothing of it was sent.',
        '',
        ...(answer.problems ?? []).flatMap(problemLines),
        '',
        'What to do: correct the file and drop it into the inbox again.',
      ]
    case 'taken':
      return ['The file is being worked on.', '', ...refusedReports(answer)]
    case 'split': {
      const { reports = 0, refused = 0 } = answer
      return [
        ...wrap(
          `${sentOf(reports)} to the VOA${refused === 0 ? '' : `, ${count(refused, 'report')} refused here`}.`,
          '',
        ),
        ...(refused === 0 && answer.refusedReports.length === 0 ? ['Nothing is to be done.'] : []),
        '',
        ...refusedReports(answer),
      ]
    }
  }
}

function sentOf(reports: number): string {
  if (reports === 0) return 'No report went on its way'
  return `${count(reports, 'report')} went on ${reports === 1 ? 'its' : 'their'} way`
}

function refusedReports({ refusedReports: listed, refused, reports, digest }: Answer): string[] {
  if (listed.length === 0) return []
  const missing = (refused ?? listed.length) - listed.length
  return [
    'What to do: correct the reports below and send them in a new file.',
    ...(reports === 0 ? [] : ['Do not send the others again.']),
    ...(missing > 0
      ? ['More were refused than are listed here. To see all of them:', `  portreeve list messages --file ${digest}`]
      : []),
    '',
    ...listed.flatMap(reportLines),
  ]
}

function reportLines({ index, reference, identity, problems }: RefusedReport): string[] {
  const names = Object.entries(identity).map(([name, value]) => `${words(name)} ${value}`)
  return [
    rule,
    ...wrap(`Report ${index + 1} of the file, ${[...names, `reference ${reference}`].join(', ')}`, ''),
    ...problems.flatMap(problemLines),
    '',
  ]
}

function problemLines({
  code,
  line,
  sentence,
  rule: broken,
}: Answer['refusedReports'][number]['problems'][number]): string[] {
  // A receiver is `<route>.<label>`: an officer knows the other system by its label, and no routes.
  const told = broken.replace(/^(refused by ).*\./, '$1')
  const named = code === told ? code : `${code}, ${told}`
  return [...wrap(`${line === undefined ? '' : `Line ${line}: `}${sentence}`, '  '), ...wrap(`(${named})`, '  ')]
}

/** Lines no longer than a page is wide; a longer word stays whole, for it may be a value that is looked for. */
function wrap(text: string, indent: string): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(`${indent}${word}`)
  }
  return lines
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-GB')} ${noun}${number === 1 ? '' : 's'}`
}

const abbreviations = /^(ba|uprn|usrn|voa)$/i

/** `baReportNumber` as people say it: `BA report number`. */
function words(name: string): string {
  return name
    .split(/(?<=[a-z])(?=[A-Z])|(?<=^BA)(?=[a-z])/)
    .map((word) => (abbreviations.test(word) ? word.toUpperCase() : word.toLowerCase()))
    .join(' ')
}
