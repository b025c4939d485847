import { relative } from 'node:path'
import type { Borough, ChangeStory, DemoResult, FileStory, ReportStory, StoryProblem } from '@portreeve/broker'
import { commandLine } from '../text/command-line.ts'
import { printable } from '../text/printable.ts'
import { table } from '../text/table.ts'
import { wrap } from '../text/wrap.ts'
import type { Look } from './look.ts'

export interface BoroughFacts {
  readonly name: string
  readonly folders: Borough['folders']
  /** Address of the stand-in. */
  readonly voa: string
  /** Address of the door. */
  readonly door: string
  /** For the first transaction: one that no start before has used. */
  readonly idempotencyKey: string
  /** Folder that the commands are typed in. */
  readonly root: string
}

/** Where things are in the borough, and what to try first. */
export function renderBorough(facts: BoroughFacts, { style, width, typed }: Look): string {
  const { name, folders, voa, door, idempotencyKey, root } = facts
  const near = (path: string) => {
    const short = relative(root, path)
    return short.startsWith('..') ? path : short
  }
  const command = (line: string) => commandLine(line, { width, indent: '  ' })
  const places = [
    ['Inbox', near(folders.inbox), 'drop a Valuebill file here'],
    ['Answers', near(folders.answers), 'what became of each file, for the revenues system'],
    ['VOA', voa, "a stand-in of the VOA's service, on this machine"],
    ['Samples', near(folders.samples), 'files to try, good and bad'],
    ['Door', door, 'where web forms bring transactions'],
    ['Mailbox', near(folders.mailbox), 'e-mails that were sent, as files'],
    ['Data', near(folders.data), 'log, ledger and everything else that is kept'],
  ]
  const sample = `${near(folders.samples)}/2-some-refused.xml`
  return [
    wrap(`${style.good('Portreeve is at work')} for the ${style.bold(name)}, a council that does not exist.`, {
      width,
    }),
    '',
    table(
      places.map(([what = '', where = '', why = '']) => [what, style.bold(where), style.faint(why)]),
      { indent: '  ', width },
    ),
    '',
    'Try this in another terminal:',
    command(`cp ${sample} ${near(folders.inbox)}/`),
    command(
      `curl ${door}/transactions/address-change -H'Content-Type: application/json' -H"Authorization: Bearer $(cat ${near(folders.data)}/door-key)" -H'Idempotency-Key: ${idempotencyKey}' -d@${near(folders.samples)}/address-change.json`,
    ),
    command(typed('list messages')),
    command(typed('track REFERENCE')),
    command(typed(`validate valuebill ${sample}`)),
    '',
    wrap("The example's run and check need the logins of the stand-ins, which lie in its data folder:", { width }),
    command(`export VOA_PASSWORD="$(cat ${near(folders.data)}/voa-password)"`),
    command(`export CRM_KEY="$(cat ${near(folders.data)}/crm-key)"`),
    '',
    style.faint(wrap('Ctrl-C stops in order; the next start goes on where this one stopped.', { width })),
    style.faint('Both journeys: npm start -- --demo'),
    '',
  ].join('\n')
}

/** What became of each file and report of the demonstration, and whether all is as it should be. */
export function renderDemo({ checks, files, changes }: DemoResult, look: Look): string {
  const { style } = look
  const holds = checks.every((check) => check.holds)
  return [
    '',
    style.bold('Files'),
    ...files.flatMap((file) => [...fileLines(file, look), '']),
    style.bold('Changes of address'),
    ...changes.flatMap((change) => [...changeLines(change, look), '']),
    style.bold('Is it as it should be?'),
    ...checks.map(({ holds, sentence }) =>
      wrap(sentence, { width: look.width, first: `  ${holds ? style.good('yes') : style.bad('NO ')}  ` }),
    ),
    '',
    holds ? style.good('Both journeys went as they should.') : style.bad('They did not go as they should.'),
  ].join('\n')
}

function fileLines({ fileName, reference, became, problems, reports }: FileStory, { style, width }: Look): string[] {
  const outcome = {
    split: style.good(`taken as ${reference}`),
    refused: style.bad(`refused as a whole (${reference})`),
    duplicate: style.wait(`came before as ${reference}: not sent again`),
  }
  return [
    wrap(`${style.bold(printable(fileName))}  ${outcome[became]}`, { width, hanging: '    ' }),
    ...problems.map((problem) => problemLine(problem)),
    ...reports.flatMap(reportLines),
  ]

  function reportLines(report: ReportStory): string[] {
    const mark = report.became === 'accepted by the VOA' ? style.good('✓') : style.bad('✗')
    const facts = `report ${report.number}  ${report.reference}  ${(report.uprn ?? '').padEnd(12)}`
    return [`  ${mark} ${facts}  ${report.became}`, ...report.problems.map((problem) => problemLine(problem, '      '))]
  }

  function problemLine({ line, code, sentence }: StoryProblem, first = '    '): string {
    const place = line === undefined ? '' : `line ${line}: `
    return style.faint(wrap(`${place}${printable(sentence)} (${code})`, { width, first, hanging: `${first}  ` }))
  }
}

/** What a citizen said, what people decided, and where each back office is with it. */
function changeLines({ says, reference, systems, holds, decisions }: ChangeStory, { style, width }: Look): string[] {
  return [
    wrap(`${style.bold(reference)}  ${says}`, { width, hanging: '    ' }),
    ...holds.map((sentence) => wrap(`Held: ${sentence}`, { width, first: '    ', hanging: '      ' })),
    ...decisions.map(({ by, why }) =>
      wrap(style.faint(`${by}: ${printable(why)}`), { width, first: '    ', hanging: '      ' }),
    ),
    ...systems.map(({ system, state, words = '' }) => {
      const mark = state === 'confirmed' ? style.good('✓') : style.bad('✗')
      return wrap(`${system.padEnd(12)} ${state}  ${style.faint(printable(words))}`, {
        width,
        first: `  ${mark} `,
        hanging: '    ',
      })
    }),
  ]
}
