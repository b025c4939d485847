import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { boroughs } from './support/boroughs.ts'
import { named } from './support/recorded-events.ts'
import { reportFile, reports } from './support/report-file.ts'
import { until } from './support/until.ts'

const { start } = boroughs()

it('tells a file that comes again under another name that it was sent, with the first one’s reference', async () => {
  const borough = await start()
  const text = reportFile({ reports: reports(3) })
  await borough.drop('march.xml', text)
  await borough.settled()
  const again = await borough.drop('march (copy).xml', text)
  const [submission] = await borough.search({ type: 'valuation.submission.received' })
  const answer = await borough.duplicateAnswer(again)
  expect(answer).toContain('File: march (copy).xml')
  expect(answer).toContain(`Reference: ${submission?.reference}`)
  expect(answer).toContain('This file has been sent before')
  await until('the copy lies with the duplicates', async () =>
    (await readdir(join(borough.inbox(), 'duplicate')).catch((): string[] => [])).includes('march (copy).xml'),
  )
  expect(borough.voa.reports()).toHaveLength(3)
})

it('tells it of a file that comes again under its own name, and keeps both', async () => {
  const borough = await start()
  const text = reportFile()
  await borough.drop('march.xml', text)
  await borough.settled()
  await borough.duplicateAnswer(await borough.drop('march.xml', text))
  await until('one is taken, one is a duplicate', async () => {
    const [taken, duplicate] = await Promise.all(
      ['taken', 'duplicate'].map((name) => readdir(join(borough.inbox(), name)).catch(() => [])),
    )
    return taken?.join() === 'march.xml' && duplicate?.join() === 'march.xml'
  })
})

it('takes a file once that is dropped into two inboxes at once', async () => {
  const borough = await start({ inboxes: ['revenues', 'scanning'] })
  const text = reportFile({ reports: reports(20) })
  const [one, two] = await Promise.all([
    borough.drop('one.xml', text),
    borough.drop('two.xml', text, { inbox: 'scanning' }),
  ])
  await until('both are told of', () => named(borough.events, 'accepted').length === 2)
  const told = named(borough.events, 'accepted')
  expect(told.map(({ status }) => status).sort()).toEqual(['accepted', 'duplicate'])
  expect(told[0]?.reference).toBe(told[1]?.reference)
  const late = told.find(({ status }) => status === 'duplicate')
  const answer = await borough.duplicateAnswer(late?.label === 'scanning' ? two : one, late?.label)
  expect(answer).toContain(`Reference: ${told[0]?.reference}`)
})

it('knows a file that was sent before a restart', async () => {
  const borough = await start()
  const text = reportFile({ reports: reports(2) })
  await borough.drop('before.xml', text)
  await borough.settled()
  await borough.stopBroker()
  const after = await borough.drop('after.xml', text)
  await borough.startBroker()
  const [submission] = await borough.search({ type: 'valuation.submission.received' })
  expect(await borough.duplicateAnswer(after)).toContain(`Reference: ${submission?.reference}`)
})

it('tells of each copy when many come at once', async () => {
  const borough = await start()
  const text = reportFile({ reports: reports(2) })
  const copies = []
  for (let copy = 0; copy < 20; copy += 1) copies.push(await borough.drop(`copy-${copy}.xml`, text))
  await until('all are told of', () => named(borough.events, 'accepted').length === 20)
  const told = named(borough.events, 'accepted')
  expect(told.filter(({ status }) => status === 'accepted')).toHaveLength(1)
  expect(new Set(told.map(({ reference }) => reference)).size).toBe(1)
})
