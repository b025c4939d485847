import { cp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { connectOrOpen } from '@portreeve/broker'
import { expect, it } from 'vitest'
import type { TestBorough } from './support/borough.ts'
import { boroughs } from './support/boroughs.ts'
import { reportFile, reports } from './support/report-file.ts'

const { start } = boroughs()

async function ledgerContent(borough: TestBorough) {
  const messages = await borough.search()
  const { counts } = await borough.operations.status()
  const tracks = []
  for (const { id } of messages) tracks.push(await borough.operations.track({ messageId: id }))
  return { messages, counts, tracks }
}

async function removeLedger(borough: TestBorough): Promise<void> {
  for (const name of await readdir(borough.dataFolder)) {
    if (name.startsWith('ledger.db')) await rm(join(borough.dataFolder, name))
  }
}

it('refuses to start on a log that ends before what was done, says so, and starts when the right log is back', async () => {
  const borough = await start()
  const [log, older, right] = ['log', 'older', 'right'].map((name) => join(borough.dataFolder, name))
  if (!log || !older || !right) throw new TypeError('three folders')
  await borough.drop('one.xml', reportFile())
  await borough.settled()
  await borough.stopBroker()
  await cp(log, older, { recursive: true })
  await borough.startBroker()
  await borough.drop('two.xml', reportFile({ reports: reports(3) }))
  await borough.settled()
  await borough.stopBroker()
  await cp(log, right, { recursive: true })
  await replace(log, older)

  const refused = { code: 'PRV_LOG_TAIL_LOST', remedy: expect.stringMatching(/\.$/) }
  await expect(borough.startBroker()).rejects.toMatchObject(refused)
  await expect(connectOrOpen(await borough.configuration())).rejects.toMatchObject(refused)
  await replace(log, right)
  await borough.startBroker()
})

async function replace(folder: string, by: string): Promise<void> {
  await rm(folder, { recursive: true })
  await cp(by, folder, { recursive: true })
}

it('makes the ledger anew from the log, equal in all', async () => {
  const borough = await start({ voa: { refuse: { no: '1007' } } })
  await borough.drop('one.xml', reportFile({ reports: [...reports(30), { reportNumber: 'no' }, { reason: 'CR08' }] }))
  await borough.drop('bad.xml', 'no reports')
  await borough.settled()
  const before = await ledgerContent(borough)
  await borough.stopBroker()
  await removeLedger(borough)
  await borough.startBroker()
  await borough.settled()
  const after = await ledgerContent(borough)
  expect(after.messages.length).toBe(before.messages.length)
  expect(sorted(after)).toEqual(sorted(before))
})

/** The order of messages of different topics that came at the same moment is not said. */
function sorted({ messages, counts, tracks }: Awaited<ReturnType<typeof ledgerContent>>) {
  const byText = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).sort()
  const trackTexts = tracks.map((track) => ({
    ...track,
    children: byText(track?.children ?? []),
    timeLine: byText(track?.timeLine ?? []),
    summary: byText(track?.summary ?? []),
  }))
  return { messages: byText(messages), counts: byText(counts), tracks: byText(trackTexts) }
}
