import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connectOrOpen, type Operations } from '@portreeve/broker'
import { isPortreeveError } from '@portreeve/errors'
import { expect, it, vi } from 'vitest'
import { journeys } from './support/journeys.ts'
import { correctedAndReplayed, said, stoppedByMappings } from './support/marked-paths.ts'
import type { TellUsOnce, Told } from './support/tell-us-once.ts'
import { type CrmSupplier, crmSuppliers } from './support/tell-us-once-offices.ts'
import { type Change, changeOf, daysAgo, oldHome } from './support/tell-us-once-people.ts'
import { until } from './support/until.ts'

const { start } = journeys()
/** Stands for what a citizen would not like to read in a log, an alert or a list; in any case of letters. */
const marks = ['zaphod', 'grimsnatch', 'quibbleton', 'zz98 7q', 'zz987q', '1973-07-19', '19/07/1973', '960777']
const twins = { givenName: 'Zaphod', familyName: 'Grimsnatch', birthDate: '1973-07-19' }
const sister = { givenName: 'Zaphodia', familyName: 'Grimsnatch', birthDate: '1973-07-19' }
const brother = { givenName: 'Zaphodius', familyName: 'Grimsnatch', birthDate: '1973-07-19' }
const aunt = { givenName: 'Zaphodella', familyName: 'Grimsnatch', birthDate: '1973-07-19' }
const home = { ...oldHome, streetDescription: 'Quibbleton Mews', postcode: 'ZZ98 7QX' }
const clerk = { by: 'A. Clerk', why: 'Papers were seen.' }
const administrators = /^(integration|crm-team|council-tax-team|elections-team)@/

const registers = {
  'addresses.csv': 'uprn,address,capacity,occupants\r\n990000000203,"1 Quibbleton Mews, ZZ98 7QX",1,1\r\n',
  'persons.csv': [
    'personReference,personFamilyName,personGivenName,personBirthDate,uprn',
    'R-1,Grimsnatch,Zaphod,1973-07-19,990000000203',
    'R-2,Grimsnatch,Zaphod,1973-07-19,',
    '',
  ].join('\r\n'),
}

function markedChange(who: typeof twins, emailAddress: string, more: Partial<Change> = {}): Change {
  const { person, ...change } = changeOf(who, 1, { emailAddress, oldAddress: home, newAddress: home, ...more })
  return { ...change, person: { ...person, telNationalNumber: '01632 960777' } }
}

/** Each office holds the twins, who cannot be told apart, and others of their family. */
async function movedIn({ offices: { crm, councilTax, electoral } }: TellUsOnce): Promise<void> {
  const address = '1 Quibbleton Mews'
  const all = [twins, twins, sister, brother, aunt]
  const { postcode } = home
  crm.setPersons(all.map((each, index) => ({ reference: `P-7${index}`, ...each, address, postcode })))
  await councilTax.addAccounts(
    ...all.map((each, index) => ({ accountRef: `7007${index}`, ...each, addressLines: [address], postcode })),
  )
  electoral.register.push(
    ...all.map(({ givenName: forenames, familyName: surname }, index) => {
      return { number: `EA-7${index}`, forenames, surname, address }
    }),
  )
}

/** Changes that go every way but the plain one. */
async function everyPath(journey: TellUsOnce, crm: CrmSupplier): Promise<readonly Told[]> {
  const { offices } = journey
  await movedIn(journey)
  // Held for three reasons, one with candidates; then two offices have candidates of their own.
  const uprn = { newAddress: { ...home, uprn: '990000000203' }, movedOn: daysAgo(400) }
  const held = await journey.tell(markedChange(twins, 'zaphod@example.org', uprn))
  expect((await journey.untilStage(held, 'held')).holds).toHaveLength(3)
  await journey.operations.decideTransaction({ reference: held.reference, decision: 'approve', ...clerk })
  for (const system of ['crm', 'council-tax']) await journey.until(held, system, 'needs-a-person')
  await journey.until(held, 'electoral', 'delivered')
  await offices.electoral.take()
  await offices.electoral.answer({ unknown: true })
  await offices.electoral.answerWith('ZAPHOD GRIMSNATCH,QUIBBLETON\r\n')
  await journey.until(held, 'electoral', 'needs-a-person')

  // Refused in words that name the person; a letter that the electoral system cannot read; an address that is gone.
  const words = { code: 'closed', message: 'Zaphodia Grimsnatch', description: 'Zaphodia Grimsnatch' }
  const body = JSON.stringify(crm === 'crm-cases' ? words : [words])
  offices.crm.misbehave({ kind: 'status', status: crm === 'crm-cases' ? 422 : 400, body, requests: 1 })
  const polish = { newAddress: { ...home, streetDescription: 'Quibbleton Łane' } }
  const refused = await journey.tell(markedChange(sister, 'gone.zaphodia@example.org', polish))
  await journey.until(refused, 'crm', 'needs-a-person')
  await journey.until(refused, 'electoral', 'needs-a-person')

  // An outcome that is unknown, an office that is down, a broker that is started again.
  offices.crm.misbehave({ kind: 'cut', requests: 1 })
  const unknown = await journey.tell(markedChange({ ...sister, birthDate: '1973-07-19' }, 'zaphodia@example.org'))
  await journey.until(unknown, 'council-tax', 'delivered')
  await offices.councilTax.goDown()
  const waiting = await journey.tell(markedChange(sister, 'zaphodia@example.org'))
  await journey.lettersAbout('updates-to-council-tax.council-tax')
  await journey.stopBroker()
  await journey.startBroker()
  await offices.councilTax.comeBack()
  await journey.until(waiting, 'council-tax', 'delivered')
  const isRefused = async () => (await journey.operations.search({ state: 'refused' })).messages.length > 0
  await until('a letter is refused', isRefused, { withinMs: 60_000 })
  return [held, refused, unknown, waiting]
}

/** What is said at a terminal to somebody who has not asked to see what a transaction says. */
async function commands(journey: TellUsOnce, all: readonly Told[]): Promise<string> {
  const texts: string[] = []
  const lists = [['status'], ['transactions', 'list'], ['dead-letters', 'list'], ['check']]
  for (const words of [...lists, ...all.map(({ reference }) => ['track', reference])]) {
    for (const form of [[], ['--json']]) texts.push(await said(journey, [...words, ...form]))
  }
  return texts.join('')
}

/** What a person may ask wrongly, with the marks in it. */
async function errorsOf(operations: Operations, reference: string): Promise<string> {
  const bad = { receiver: 'updates-to-crm.crm', key: 'ZAPHOD', messageId: 'GRIMSNATCH', ...clerk }
  const body = JSON.stringify({ ...markedChange(twins, 'zaphod@example.org'), movedOn: 'ZAPHOD' })
  const attempts = [operations.retryDeadLetter(bad), operations.correctTransaction({ reference, body, ...clerk })]
  const settled = await Promise.allSettled(attempts)
  const faults = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
  expect(faults.map((fault) => isPortreeveError(fault))).toEqual([true, true])
  return faults.map(String).join('\n')
}

/** What the door answers to what is wrong. */
async function problems(journey: TellUsOnce): Promise<string> {
  const good = JSON.stringify(markedChange(twins, 'zaphod@example.org'))
  const bodies = [
    good.replace('"movedOn":"', '"movedOn":"ZAPHOD'),
    good.replace('ZZ98 7QX', 'ZZ98 7QX GRIMSNATCH'),
    good.replace('}', '} ZAPHOD'),
    good.slice(0, -3),
    '"ZAPHOD GRIMSNATCH"',
  ]
  const answers = await Promise.all(bodies.map((body, index) => journey.post(body, `bad-${index}`)))
  expect(answers.map(({ status }) => status >= 400 && status < 500)).toEqual(bodies.map(() => true))
  return (await Promise.all(answers.map((answer) => answer.text()))).join('\n')
}

async function statusPages({ doorUrl }: TellUsOnce, all: readonly Told[]): Promise<string> {
  const forms = all.flatMap(({ statusAddress }) =>
    ['application/json', 'text/html'].map(async (accept) => {
      // Since the broker was started again, the door has another port.
      return await fetch(`${doorUrl}${new URL(statusAddress).pathname}`, { headers: { accept } })
    }),
  )
  return (await Promise.all((await Promise.all(forms)).map((answer) => answer.text()))).join('\n')
}

async function problemPages({ offices }: TellUsOnce): Promise<string> {
  const folder = offices.electoral.returnsFolder
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.problems.txt'))
  expect(names).toHaveLength(2)
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n')
}

it.each(crmSuppliers)(
  'shows nothing of a person in events, output, problems, alerts, lists, time lines, status pages, errors or the ledger (%s)',
  async (crm) => {
    const output: string[] = []
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, 'write').mockImplementation((text) => output.push(String(text)) > 0)
    }
    try {
      const journey = await start({ crm, registers, electoralEncoding: 'iso-8859-1' })
      const all = await everyPath(journey, crm)
      const { operations } = journey
      const held = await journey.tell(markedChange(twins, 'zaphod@example.org', { movedOn: daysAgo(400) }))
      await journey.until(held, 'crm', 'withheld')
      const corrected = await correctedAndReplayed(journey, markedChange(brother, 'zaphodius@example.org'))
      const mapped = await stoppedByMappings(journey, markedChange(aunt, 'zaphodella@example.org'))
      const connection = await connectOrOpen(journey.configuration)
      const alerts = async () => (await journey.letters()).filter(({ to }) => administrators.test(to))
      await until('each team is told', async () => (await alerts()).length >= 6, { withinMs: 60_000 })
      const places: Record<string, string> = {
        commands: await commands(journey, [...all, held, ...corrected.told, ...mapped.told]),
        'a correction and a replay': corrected.text,
        'diff and apply': mapped.text,
        errors: await errorsOf(operations, held.reference),
        'errors from afar': await errorsOf(connection.operations, held.reference),
        'problems of the door': await problems(journey),
        'status pages': await statusPages(journey, [...all, held, ...corrected.told, ...mapped.told]),
        'problems of return files': await problemPages(journey),
        alerts: JSON.stringify(await alerts()),
        status: JSON.stringify(await operations.status()),
        search: JSON.stringify(await operations.search({})),
        track: JSON.stringify(await Promise.all(all.map((told) => operations.track({ reference: told.reference })))),
        'dead letters': JSON.stringify(await operations.deadLetters({})),
      }
      await connection.close()
      // Else this would show nothing.
      expect((await operations.deadLetters({})).keys.length).toBeGreaterThan(0)
      expect(JSON.stringify(await operations.transactions({})).toLowerCase()).toContain('zaphod')
      await journey.stopBroker()
      places.events = JSON.stringify(journey.events)
      places.output = output.join('')
      for (const name of await readdir(journey.dataFolder)) {
        if (name.startsWith('ledger.db')) places[name] = await readFile(join(journey.dataFolder, name), 'latin1')
      }
      expect(leaksIn(places)).toEqual([])
    } finally {
      vi.restoreAllMocks()
    }
  },
)

function leaksIn(places: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(places).flatMap(([place, text]) =>
    marks.flatMap((mark) => {
      const at = text.toLowerCase().indexOf(mark)
      return at === -1 ? [] : [`${place}: …${text.slice(Math.max(0, at - 200), at + 60)}…`]
    }),
  )
}
