import { open, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { isOnKafka } from '../support/test-log.ts'
import type { TestBorough } from './support/borough.ts'
import { boroughs } from './support/boroughs.ts'
import { named } from './support/recorded-events.ts'
import { reportFile, reports } from './support/report-file.ts'
import { until } from './support/until.ts'

const { start } = boroughs()

/** What is odd about a name, the name, and how it is shown. */
const oddNames: readonly (readonly [string, string, string])[] = [
  ['a newline', 'march\nreports.xml', 'march\\u{a}reports.xml'],
  ['control characters and an escape sequence', 'a\u0007\u001b[31mred\u007f.xml', 'a\\u{7}\\u{1b}[31mred\\u{7f}.xml'],
  ['what turns the text round', 'a\u202Elmx.xml', 'a\\u{202e}lmx.xml'],
  ['two hundred characters', `${'m'.repeat(196)}.xml`, `${'m'.repeat(196)}.xml`],
  ['emoji', '🏠🏠🏠 march 🏡.xml', '🏠🏠🏠 march 🏡.xml'],
  ['eighty characters of three bytes each', `${'町'.repeat(80)}.xml`, `${'町'.repeat(80)}.xml`],
  ['what looks like a way out of the folder', 'a..\\..%2F..xml', 'a..\\u{5c}..%2F..xml'],
  ['a leading dash and spaces', '-rf  *.xml', '-rf  *.xml'],
]

it('takes files whatever they are called, and shows the names so that nothing acts', async () => {
  const borough = await start()
  const files = []
  for (const [what, name, shown] of oddNames) {
    const file = await borough.drop(name, reportFile({ reports: [{}, { reason: 'CR08' }] }))
    files.push({ what, shown, name, digest: file.digest })
  }
  await borough.settled()
  const taken = await readdir(join(borough.inbox(), 'taken'))
  const answers = await borough.answers()
  for (const { what, shown, name, digest } of files) {
    const found = await borough.search({ file: shown, type: 'valuation.submission.received' })
    expect(
      found.map(({ id }) => id),
      what,
    ).toEqual([digest])
    expect(taken, what).toContain(name)
    expect(
      answers.filter((answer) => answer.includes(digest.slice(0, 8))),
      what,
    ).toHaveLength(2)
  }
  for (const answer of answers) expect(answer).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}/\\]/u)
})

it('takes a thousand files at once, each once', async () => {
  const borough = await start({ settleSeconds: 0, maxWaitSeconds: 0.2 })
  for (let file = 0; file < 1000; file += 1) await borough.drop(`file-${file}.xml`, reportFile())
  await borough.settled(isOnKafka ? 280_000 : 80_000)
  expect(await borough.search({ type: 'valuation.submission.received' })).toHaveLength(1000)
  expect(borough.voa.reports()).toHaveLength(1000)
  expect((await readdir(join(borough.inbox(), 'taken'))).length).toBe(1000)
})

it('never reads a file that still grows', async () => {
  const borough = await start({ settleSeconds: 3 })
  const text = reportFile({ reports: reports(6) })
  const path = join(borough.inbox(), 'growing.xml')
  borough.expect('growing.xml', text)
  {
    await using handle = await open(path, 'w')
    const step = Math.ceil(text.length / 12)
    for (let at = 0; at < text.length; at += step) {
      await handle.write(text.slice(at, at + step))
      await sleep(60)
      expect(named(borough.events, 'accepted')).toEqual([])
    }
  }
  await borough.settled()
  expect(await borough.search({ type: 'valuation.submission.refused' })).toEqual([])
})

it('takes no mixture of two versions when a file changes while it is read', async () => {
  const borough = await start({ settleSeconds: 0 })
  for (const [before, after] of ['ab', 'cd'].map((pair) => [...pair].map(largeFile))) {
    if (before === undefined || after === undefined) throw new TypeError('two versions')
    const path = join(borough.inbox(), 'changing.xml')
    await writeFile(path, before)
    await until('it is being read', () => isBeingStaged(borough))
    await overwrite(path, after)
    borough.expect('changing.xml', after)
    await borough.settled(30_000)
    // Read to its end in time, the first version is a file like any other.
    const [early] = await borough.search({ type: 'valuation.submission.received', file: borough.digestOf(before) })
    if (early) borough.expect('changing.xml', before)
  }
  const accepted = await borough.search({ type: 'valuation.submission.received' })
  const versions = borough.dropped.map(({ digest }) => digest)
  expect(accepted.map(({ id }) => id).toSorted(), 'no file that never was').toEqual(versions.toSorted())
})

async function isBeingStaged(borough: TestBorough): Promise<boolean> {
  return (await readdir(join(borough.dataFolder, 'claims/incoming'))).length > 0
}

/** In place, as a program does that writes over an earlier export; as a new file when the earlier one is gone. */
async function overwrite(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: 'r+' }).catch(() => writeFile(path, text))
}

/** All of these are of the same length, and differ from beginning to end. */
function largeFile(fill: string): string {
  const report = { transaction: `VERSION${fill}`, reportNumber: fill, reference: fill, uprn: null, addressLine: fill }
  return `${reportFile({ reports: [report] })}${`<!-- ${fill.repeat(1000)} -->\n`.repeat(20_000)}`
}

it('never takes what lies under a temporary name, nor folders, nor links, and takes it when it is renamed', async () => {
  const borough = await start()
  const text = reportFile()
  const temporary = ['.hidden.xml', 'a.xml.part', 'b.xml.tmp', 'c.xml~', 'd.xml.filepart', 'e.xml.crdownload']
  for (const name of temporary) await writeFile(join(borough.inbox(), name), 'half')
  await writeFile(join(borough.inbox(), 'f.xml.part'), text)
  await borough.drop('other.xml', reportFile())
  await borough.settled()
  expect(named(borough.events, 'accepted')).toHaveLength(1)
  await rename(join(borough.inbox(), 'f.xml.part'), join(borough.inbox(), 'f.xml'))
  borough.expect('f.xml', text)
  await borough.settled()
  expect(named(borough.events, 'accepted')).toHaveLength(2)
  for (const name of temporary) expect(await readdir(borough.inbox())).toContain(name)
})
