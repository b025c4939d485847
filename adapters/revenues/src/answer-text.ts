import type { Answer, RefusedReport } from './answer.ts'

const rule = '-'.repeat(72)

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
        'This file has been sent before; the reference is that of the first copy.',
        'Nothing was sent again. If it was meant to be a new file, check what is in it.',
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
    case 'split':
      return [
        `${count(answer.reports ?? 0, 'report')} went on their way to the VOA, ${count(answer.refused ?? 0, 'report')} refused here.`,
        '',
        ...refusedReports(answer),
      ]
  }
}

function refusedReports({ refusedReports: reports }: Answer): string[] {
  if (reports.length === 0) return []
  return [
    'What to do: correct the reports below and send them in a new file. Do not',
    'send the others again.',
    '',
    ...reports.flatMap(reportLines),
  ]
}

function reportLines({ index, reference, identity, problems }: RefusedReport): string[] {
  const names = Object.entries(identity).map(([name, value]) => `${words(name)} ${value}`)
  return [
    rule,
    `Report ${index + 1}, ${[...names, `reference ${reference}`].join(', ')}`,
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
  return [`  ${line === undefined ? '' : `Line ${line}: `}${sentence}`, `  (${code}, ${broken})`]
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** `transactionIdentityBA` as people say it: `transaction identity BA`. */
function words(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after}`).toLowerCase()
}
