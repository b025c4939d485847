import { copyFile, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Operations } from '../operations.ts'
import { type FileStory, fileStories } from './file-stories.ts'
import { type ChangeStory, effectsIn, playTellUsOnce, type Submit } from './play-tell-us-once.ts'
import type { Borough } from './start-borough.ts'

/** One thing that the demonstration found to be so, or not. */
export interface DemoCheck {
  readonly sentence: string
  readonly holds: boolean
}

export interface DemoResult {
  readonly checks: readonly DemoCheck[]
  /** What became of each file, and of each report in it. */
  readonly files: readonly FileStory[]
  readonly changes: readonly ChangeStory[]
}

const timeLimitMs = 60_000
/** What the sample files must come to; the demonstration fails when they do not. */
const expected = {
  delivered: 7,
  refusedByVoa: 1,
  refusedHere: 2,
  refusedFiles: 2,
  duplicates: 1,
  effects: { crm: 3, 'council-tax': 2, electoral: 3 } as Readonly<Record<string, number>>,
}

/**
 * Drops the sample files into the inbox, and one of them a second time under another name; waits until nothing is on its
 * way any more; then plays the changes of address. Compares what the broker says with what the stand-ins have.
 */
export async function playDemo(borough: Borough, submit: Submit): Promise<DemoResult> {
  const { broker, voa, folders } = borough
  const { operations } = broker
  const samples = (await readdir(folders.samples)).filter((name) => name.endsWith('.xml')).sort()
  for (const name of samples) await drop(join(folders.samples, name), folders.inbox, name)
  await until(async () => (await finalMessages(operations)) >= samples.length)
  const [first] = samples
  if (first) await drop(join(folders.samples, first), folders.inbox, `again-${first}`)
  await until(async () => (await answerNames(borough)).some((name) => name.endsWith('.duplicate.txt')))
  await until(async () => (await unfinished(operations)) === 0)

  const { messages } = await operations.search({ limit: 1000 })
  const reports = messages.filter(({ type }) => type === 'valuation.report.proposed')
  const counts = {
    delivered: reports.filter(({ state }) => state === 'delivered').length,
    refusedByVoa: reports.filter(({ state }) => state === 'refused').length,
    refusedHere: messages.filter(({ type, id }) => type === 'valuation.report.refused' && !id.includes('-refused-by-'))
      .length,
    refusedFiles: messages.filter(({ type }) => type === 'valuation.submission.refused').length,
    duplicates: (await answerNames(borough)).filter((name) => name.endsWith('.duplicate.txt')).length,
  }
  const taken = voa.reports().length
  const changes = await playTellUsOnce(borough, submit)
  await until(async () => (await unfinished(operations)) === 0)
  const effects = await effectsIn(borough.offices)
  const mails = await mailsOf(borough)
  const faults = await operations.check()
  const check = (holds: boolean, sentence: string): DemoCheck => ({ holds, sentence })
  return {
    files: await fileStories(folders.answers, messages),
    changes,
    checks: [
      check(counts.delivered === expected.delivered, `${counts.delivered} reports were accepted by the VOA`),
      check(
        counts.refusedByVoa === expected.refusedByVoa,
        `${counts.refusedByVoa} report was refused by the VOA, with its code`,
      ),
      check(
        counts.refusedHere === expected.refusedHere,
        `${counts.refusedHere} reports were refused here, with line and reason`,
      ),
      check(counts.refusedFiles === expected.refusedFiles, `${counts.refusedFiles} files were refused as a whole`),
      check(counts.duplicates === expected.duplicates, `${counts.duplicates} file came twice and was not sent again`),
      check(taken === counts.delivered, `the VOA has ${taken} reports: each one once`),
      check(
        changes.length === 3,
        `${changes.length} changes of address were taken at the door, one of them sent twice`,
      ),
      check(
        changes.map(({ holds }) => holds.length).join() === '0,0,2',
        'one change waited for a person: long ago, and into a home that is full by the register',
      ),
      check(mails.acknowledgements === 3, `${mails.acknowledgements} citizens have an e-mail with their reference`),
      check(mails.alerts === 2, `${mails.alerts} e-mails called the people who look after a back office`),
      check(
        changes.every(({ systems }) => systems.every(({ state }) => state === 'confirmed')),
        'every back office has confirmed every change, or a person has dealt with it there',
      ),
      ...Object.entries(effects).map(([office, requests]) =>
        check(
          requests.length === expected.effects[office] && new Set(requests).size === requests.length,
          `${office} has ${requests.length} changes: each one once`,
        ),
      ),
      check(faults.length === 0, `log and ledger agree${faults.length > 0 ? `, but: ${faults.join(' ')}` : ''}`),
    ],
  }
}

/** As a careful program writes: under a temporary name, then renamed. */
async function drop(source: string, inbox: string, name: string): Promise<void> {
  const temporary = join(inbox, `${name}.part`)
  await copyFile(source, temporary)
  await rename(temporary, join(inbox, name))
}

async function finalMessages(operations: Operations): Promise<number> {
  const split = await operations.search({ type: 'valuation.submission.split', limit: 1000 })
  const refused = await operations.search({ type: 'valuation.submission.refused', limit: 1000 })
  return split.messages.length + refused.messages.length
}

async function unfinished(operations: Operations): Promise<number> {
  const { counts, receivers } = await operations.status()
  const open = counts.filter(({ state }) => state === 'waiting' || state === 'unknown')
  return open.reduce((sum, { messages }) => sum + messages, 0) + receivers.reduce((sum, { lag }) => sum + lag, 0)
}

async function answerNames({ folders }: Borough): Promise<readonly string[]> {
  return readdir(folders.answers).catch(() => [])
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + timeLimitMs
  while (!(await holds()) && Date.now() < end) await sleep(100)
}

async function mailsOf({ offices: { mail } }: Borough): Promise<{ acknowledgements: number; alerts: number }> {
  const names = (await mail.mailbox()).map(({ fileName }) => fileName)
  return {
    acknowledgements: names.filter((name) => name.includes('@example.org')).length,
    alerts: names.filter((name) => name.includes('-team@')).length,
  }
}
