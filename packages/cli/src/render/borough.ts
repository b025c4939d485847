import { relative } from 'node:path'
import type { Borough, DemoResult } from '@portreeve/broker'
import { table } from '../text/table.ts'
import type { Look } from './look.ts'
import { renderMessages } from './messages.ts'

export interface BoroughFacts {
  readonly name: string
  readonly folders: Borough['folders']
  /** Address of the stand-in. */
  readonly voa: string
  /** Folder that the commands are typed in. */
  readonly root: string
}

/** Where things are in the borough, and what to try first. */
export function renderBorough({ name, folders, voa, root }: BoroughFacts, { style }: Look): string {
  const near = (path: string) => {
    const short = relative(root, path)
    return short.startsWith('..') ? path : short
  }
  const portreeve = 'npm run -s portreeve --'
  const config = '--config config/examples/sallowmere'
  const places = [
    ['Inbox', near(folders.inbox), 'drop a Valuebill file here'],
    ['Answers', near(folders.answers), 'what became of each file, for the revenues system'],
    ['VOA', voa, "a stand-in of the VOA's service, on this machine"],
    ['Samples', near(folders.samples), 'files to try, good and bad'],
    ['Data', near(folders.data), 'log, ledger and everything else that is kept'],
  ]
  const sample = `${near(folders.samples)}/2-some-refused.xml`
  return [
    `${style.good('Portreeve is at work')} for the ${style.bold(name)}, a council that does not exist.`,
    '',
    table(
      places.map(([what = '', where = '', why = '']) => [what, style.bold(where), style.faint(why)]),
      { indent: '  ' },
    ),
    '',
    'Try this in another terminal:',
    `  cp ${sample} ${near(folders.inbox)}/`,
    `  ${portreeve} list messages ${config}`,
    `  ${portreeve} track <reference> ${config}`,
    `  ${portreeve} validate valuebill ${sample}`,
    '',
    style.faint(
      'Ctrl-C stops in order; the next start goes on where this one stopped. The whole journey: npm start -- --demo',
    ),
    '',
  ].join('\n')
}

/** Every message of the demonstration, and whether all is as it should be. */
export function renderDemo({ checks, messages }: DemoResult, look: Look): string {
  const { style } = look
  const holds = checks.every((check) => check.holds)
  return [
    '',
    style.bold('Every message'),
    renderMessages({ messages, next: null }, look),
    '',
    style.bold('Is it as it should be?'),
    ...checks.map((check) => `  ${check.holds ? style.good('yes') : style.bad('NO ')}  ${check.sentence}`),
    '',
    holds ? style.good('The journey went as it should.') : style.bad('The journey did not go as it should.'),
  ].join('\n')
}
