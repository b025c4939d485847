import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fromHeaders } from '@portreeve/envelope'
import { openSqliteLog } from '@portreeve/log-sqlite'
import { TestBorough } from '../../system/support/borough.ts'
import { proveBorough, recordsOf } from '../../system/support/prove-borough.ts'
import { journeySettings } from './journey-settings.ts'
import type { Told } from './told.ts'

const SETTLES_WITHIN_MS = 60_000

/**
 * Starts the broker on what a power cut has left, beside a VOA that remembers, lets it finish its work and holds the end
 * against what had been told. Returns what is wrong; an empty list is good.
 *
 * @param files name -> content of all that may have been dropped
 */
export async function goOnAfterCut(
  folder: string,
  files: ReadonlyMap<string, string>,
  told: Told,
): Promise<readonly string[]> {
  const problems = [...(await lostReferences(folder, told))]
  await writeFile(join(folder, 'voa-record.jsonl'), told.taken.map((line) => `${line}\n`).join(''))
  const inbox = join(folder, 'revenues')
  await keepIdentities(inbox)
  const dropped = [...files].filter(([name]) => told.dropped.has(name) || existsSync(join(inbox, name)))
  await using borough = await TestBorough.start({ ...journeySettings, folder, startBroker: false })
  for (const [name, content] of dropped) borough.expect(name, content)
  try {
    await borough.startBroker()
    await borough.settled(SETTLES_WITHIN_MS)
    await checkOutcomes(borough, told, problems)
    await checkFiles(borough, problems)
    await checkAnswers(borough, problems)
    await proveBorough(borough)
  } catch (error) {
    problems.push(String(error))
  }
  return problems
}

/** Public references that were given out, and that the log does not have: another file may be given them. */
export async function lostReferences(folder: string, { references }: Told): Promise<readonly string[]> {
  if (references.size === 0) return []
  await using log = await openSqliteLog({ folder: join(folder, 'data', 'log') })
  const topic = 'valuation.submission.received'
  const isMade = (await log.topics()).some(({ name }) => name === topic)
  const records = isMade ? await recordsOf(log, topic) : []
  const logged = new Set(records.map(({ headers }) => fromHeaders(headers).reference))
  return [...references]
    .filter((reference) => !logged.has(reference))
    .map((reference) => `${reference} was told and is lost`)
}

/** A file keeps its inode and its time over a power cut; one that was written anew as this disk has not. */
async function keepIdentities(inbox: string): Promise<void> {
  const note = join(inbox, '.in-hand.jsonl')
  if (!existsSync(note)) return
  const tokens = (await readFile(note, 'utf8')).split('\n').filter((line) => line !== '')
  const kept = await Promise.all(
    (await filesIn(inbox)).map(async (path) => {
      const digest = digestOf(await readFile(path))
      if (!tokens.some((token) => token.includes(digest))) return []
      const { ino: inode, mtimeMs: modifiedMs, size: sizeBytes } = await stat(path)
      return [`${JSON.stringify({ inode, modifiedMs, sizeBytes, digest })}\n`]
    }),
  )
  await writeFile(note, kept.flat().join(''))
}

/** What the VOA and the inbox's owner had said stays said. */
async function checkOutcomes(borough: TestBorough, { ended }: Told, problems: string[]): Promise<void> {
  const now = new Map<string, string>(
    (await borough.search()).flatMap(({ id, receivers }) =>
      receivers.map(({ receiver, state }) => [`${receiver} ${id}`, state] as const),
    ),
  )
  for (const [pair, state] of ended) {
    const found = now.get(pair)
    if (found === undefined) problems.push(`${state} of ${pair} was told and is lost`)
    else if (found !== state) problems.push(`${pair} was told to be ${state} and is ${found}`)
  }
}

/**
 * Every file lies in one of the two folders, whole, and only a real copy was taken for a copy. One file may lie there twice,
 * where a rename between folders is two steps for the disk and the cut falls between them.
 */
async function checkFiles(borough: TestBorough, problems: string[]): Promise<void> {
  const lying = async (folder: string) =>
    Promise.all((await filesIn(join(borough.inbox(), folder))).map(async (path) => digestOf(await readFile(path))))
  const [taken, duplicate] = [await lying('taken'), await lying('duplicate')]
  for (const [digest, copies] of Map.groupBy(borough.dropped, (file) => file.digest)) {
    const names = copies.map(({ name }) => name).join(' and ')
    const count = [...taken, ...duplicate].filter((other) => other === digest).length
    if (count < copies.length) problems.push(`of ${names} ${copies.length - count} are lost`)
    const called = duplicate.filter((other) => other === digest).length
    if (called > copies.length - 1) problems.push(`${names} was taken for a copy of itself`)
  }
}

/** The answer about each file says what the ledger says. */
async function checkAnswers(borough: TestBorough, problems: string[]): Promise<void> {
  for (const [digest, [file]] of Map.groupBy(borough.dropped, (file) => file.digest)) {
    const names = (await borough.answers()).filter((name) => name.endsWith(`.${digest.slice(0, 8)}.json`))
    const [name] = names
    if (name === undefined || names.length > 1) {
      problems.push(`${file?.name} has ${names.length} answers`)
      continue
    }
    const answer = JSON.parse(await readFile(join(borough.inbox(), 'answers', name), 'utf8'))
    const refused = await borough.search({ file: digest, type: 'valuation.report.refused' })
    if (answer.refusedReports.length !== refused.length || !['split', 'refused'].includes(answer.status)) {
      problems.push(`${name} is ${answer.status} with ${answer.refusedReports.length} for ${refused.length} refused`)
    }
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return found.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => join(folder, name))
}

function digestOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
