import { open, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { boroughs } from './support/boroughs.ts'
import { named } from './support/recorded-events.ts'
import { reportFile, reports } from './support/report-file.ts'

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
  await borough.settled(80_000)
  expect(await borough.search({ type: 'valuation.submission.received' })).toHaveLength(1000)
  expect(borough.voa.reports()).toHaveLength(1000)
  expect((await readdir(join(borough.inbox(), 'taken'))).length).toBe(1000)
})

it('never reads a file that still grows', async () => {
  const borough = await start({ settleSeconds: 0.3 })
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

it('does not take a file that changes while it is read, and takes it when it stands still', async () => {
  const borough = await start({ settleSeconds: 0, pollEverySeconds: 0.05 })
  const path = join(borough.inbox(), 'changing.xml')
  const versions = Array.from({ length: 40 }, () => reportFile({ reports: reports(400) }))
  for (const text of versions) await writeFile(path, text)
  const last = versions.at(-1) ?? ''
  borough.expect('changing.xml', last)
  await borough.settled()
  // A version that stood still long enough to be read whole may have been taken too; never a mixture of two.
  const taken = await borough.search({ type: 'valuation.submission.received' })
  for (const { id } of taken)
    if (!borough.dropped.some(({ digest }) => digest === id)) {
      const version = versions.find((text) => borough.digestOf(text) === id)
      expect(version, 'a file that never was').toBeDefined()
      borough.expect('changing.xml', version ?? '')
    }
})

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
