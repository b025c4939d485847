import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connectOrOpen } from '@portreeve/broker'
import { isPortreeveError } from '@portreeve/errors'
import { expect, it, vi } from 'vitest'
import type { TestBorough } from './support/borough.ts'
import { boroughs } from './support/boroughs.ts'
import { reportFile } from './support/report-file.ts'
import { until } from './support/until.ts'

const { start } = boroughs()
/** Stands for a name, an address, a telephone number: whatever a citizen would not like to read in a log. */
const marks = ['ZAPHOD', 'QUIBBLETON', 'ZZ98 7QX', 'zz98 7q', 'GRIMSNATCH'] as const

/** Reports with marks in every text, good and bad in every way that shows values to somebody. */
const reports = [
  { addressLine: '1 QUIBBLETON MEWS', remarks: 'MR ZAPHOD SAYS SO', postcode: 'ZZ98 7QX' },
  { addressLine: '2 QUIBBLETON MEWS', postcode: 'zz98 7q' },
  { addressLine: '3 QUIBBLETON MEWS', remarks: 'ZAPHOD É GRIMSNATCH' },
  { addressLine: '4 QUIBBLETON MEWS', reason: 'CR08', remarks: 'GRIMSNATCH' },
  { addressLine: '5 QUIBBLETON MEWS', remarks: 'ZAPHOD GRIMSNATCH'.repeat(20) },
  { addressLine: '6 QUIBBLETON MEWS', remarks: 'Refused by older rules: Zaphod GRIMSNATCH' },
  { addressLine: '7 QUIBBLETON MEWS<Zaphod/>', remarks: 'ZAPHOD' },
]
const brokenFiles = [
  reportFile({ reports }).replace('ZAPHOD SAYS SO', 'ZAPHOD <GRIMSNATCH & QUIBBLETON'),
  reportFile({ reports }).replace('ZAPHOD SAYS SO', 'ZAPHOD &GRIMSNATCH; SAYS SO'),
  reportFile({ reports }).replace('ZAPHOD SAYS SO', 'ZAPHOD \u0007 GRIMSNATCH'),
  reportFile({ reports }).replace('</BAreports>', 'ZAPHOD'),
]

async function journey(borough: TestBorough): Promise<void> {
  await borough.drop('reports.xml', reportFile({ reports }))
  for (const [index, text] of brokenFiles.entries()) await borough.drop(`broken-${index}.xml`, text)
  await borough.settled()
  borough.voa.setBehaviour({ kind: 'cut', requests: 1 }, { kind: 'html', on: 'lookup' })
  const held = await borough.drop('held.xml', reportFile({ reports: reports.slice(0, 1) }))
  await until('it is asked about', async () => (await borough.reportsOf(held)).some(({ state }) => state === 'unknown'))
  borough.voa.setBehaviour()
  const bad = { key: 'ZAPHOD', receiver: 'QUIBBLETON', messageId: 'GRIMSNATCH', by: 'me', why: 'why' }
  const error = await borough.operations.retryDeadLetter(bad).catch((fault: unknown) => fault)
  expect(isPortreeveError(error)).toBe(true)
  const connection = await connectOrOpen(await borough.configuration())
  await connection.operations.retryDeadLetter(bad).catch(() => undefined)
  await connection.close()
  await borough.settled()
}

it('shows names and addresses of citizens in no event, no line of output, no ledger and no error', async () => {
  const output: string[] = []
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => output.push(String(text)) > 0)
  }
  const borough = await start({ voa: { olderRules: true } })
  try {
    await journey(borough)
  } finally {
    vi.restoreAllMocks()
  }
  const found = await borough.search()
  // Else this would show nothing: some came through, one was refused there for its text, and some here.
  expect(found.map(({ state }) => state)).toEqual(expect.arrayContaining(['delivered', 'refused']))
  expect(found.flatMap(({ receivers }) => receivers.flatMap(({ code }) => code ?? []))).toContain('1000')
  expect(found.filter(({ type }) => type === 'valuation.report.refused').length).toBeGreaterThan(4)
  const tracks = await Promise.all(found.map(({ id }) => borough.operations.track({ messageId: id })))
  const places: Record<string, string> = {
    events: JSON.stringify(borough.events),
    output: output.join(''),
    search: JSON.stringify(found),
    tracks: JSON.stringify(tracks),
    status: JSON.stringify(await borough.operations.status()),
    'dead letters': JSON.stringify(await borough.operations.deadLetters({})),
    check: JSON.stringify(await borough.operations.check()),
  }
  await borough.stopBroker()
  for (const name of await readdir(borough.dataFolder)) {
    if (/^(ledger|state)\.db/.test(name)) places[name] = await readFile(join(borough.dataFolder, name), 'latin1')
  }
  const leaks = Object.entries(places).flatMap(([place, text]) => {
    return marks.flatMap((mark) => {
      const at = text.toLowerCase().indexOf(mark.toLowerCase())
      return at === -1 ? [] : [`${place}: …${text.slice(Math.max(0, at - 200), at + 60)}…`]
    })
  })
  expect(leaks).toEqual([])
})
