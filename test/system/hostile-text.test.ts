import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCli } from '@portreeve/cli'
import { parseRequestId } from '@portreeve/core'
import type { AddressChange } from '@portreeve/model'
import { parse as parseCsv } from 'csv-parse/sync'
import { type ParsedMail, simpleParser } from 'mailparser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { needsPostgres, startPostgres, whyNoPostgres } from '../support/postgres.ts'
import { ChangeForm, controlTexts, hostileTexts } from './support/hostile-change.ts'
import { type HostileCase, type HostileJourney, hostileJourney, inSpreadsheet } from './support/hostile-journey.ts'
import { readableText, skeletonOf } from './support/markup.ts'
import { recordsIn } from './support/prove-borough.ts'
import { TellUsOnce, type TellUsOnceOptions } from './support/tell-us-once.ts'

type Address = AddressChange['newAddress']
const setUpMs = 300_000
const teams = /-team@sallowmere\.example$/

describe.each([
  ['crm-cases, council tax in SQLite', 'crm-cases', false],
  ['crm-open311, council tax in SQLite', 'crm-open311', false],
  [`crm-cases, council tax in PostgreSQL${needsPostgres}`, 'crm-cases', true],
] as const)('text that is meant to run, in every field (%s)', (_title, crm, hasPostgres) => {
  const opened = new AsyncDisposableStack()
  let all: HostileJourney
  let mails: readonly ParsedMail[]

  beforeAll(async () => {
    const options = hasPostgres ? { crm, postgres: await database(opened) } : { crm }
    all = await hostileJourney(options)
    opened.use(all.journey)
    const mailbox = await all.journey.offices.mail.mailbox()
    mails = await Promise.all(mailbox.map(({ bytes }) => simpleParser(bytes)))
  }, setUpMs)
  afterAll(() => opened.disposeAsync(), setUpMs)

  const isSkipped = hasPostgres && whyNoPostgres() !== null

  it.skipIf(isSkipped)(
    'is text in the letter to the citizen, and adds no header, no recipient and no mark-up to it',
    () => {
      const { plain, cases } = all
      const usual = onlyMail(mails, plain)
      for (const each of cases) {
        const mail = onlyMail(mails, each)
        const name = asOneLine(each.change.person.personGivenName)
        expect(mail.text, each.what).toContain(`Dear ${name},`)
        expect(readableText(String(mail.html)), each.what).toContain(`Dear ${name},`)
        expect(shape(mail, each), each.what).toEqual(shape(usual, plain))
      }
    },
  )

  it.skipIf(isSkipped)('is text in the letter to administrators, as the words of an office', () => {
    const { plain, cases } = all
    const usual = onlyAlert(mails, plain)
    expect(mails.filter((mail) => teams.test(recipients(mail)))).toHaveLength(cases.length + 1)
    for (const each of cases) {
      const mail = onlyAlert(mails, each)
      expect(recipients(mail), each.what).toBe('crm-team@sallowmere.example')
      expect(mail.text?.split('\n'), each.what).toContain(asOneLine(each.words))
      expect(readableText(String(mail.html)), each.what).toContain(` ${asOneLine(each.words)} `)
      expect(shape(mail, each), each.what).toEqual(shape(usual, plain))
      const told = JSON.stringify([mail.subject, mail.text, mail.html])
      expect(told, each.what).not.toContain(each.change.newAddress.streetDescription)
    }
  })

  it.skipIf(isSkipped)('reaches the CRM and council tax as it was told, and their tables are still there', async () => {
    const { crm: desk, councilTax } = all.journey.offices
    const changes = await councilTax.changes()
    const accounts = await councilTax.accounts()
    for (const { what, id, change } of [all.plain, ...all.cases]) {
      const line = inOneLine(change.newAddress)
      const mine = desk.cases().filter(({ externalReference }) => parseRequestId(externalReference)?.instance === id)
      expect(
        mine.map(({ newAddress }) => newAddress),
        what,
      ).toEqual([line])
      const rows = changes.filter(({ externalReference }) => parseRequestId(externalReference)?.instance === id)
      expect(
        rows.map(({ addressLines }) => addressLines.join(', ')),
        what,
      ).toEqual([line])
      const account = accounts.find(({ accountRef }) => accountRef === rows[0]?.accountRef)
      expect(account, what).toMatchObject({
        givenName: change.person.personGivenName,
        familyName: change.person.personFamilyName,
        addressLines: rows[0]?.addressLines,
      })
    }
    expect(changes).toHaveLength(all.cases.length + 1)
  })

  it.skipIf(isSkipped)(
    'stands in the file for the electoral system as it was told, but for an apostrophe before what a spreadsheet would run',
    async () => {
      const rows = await electoralRows(all.journey.folder)
      for (const { what, id, change } of [all.plain, ...all.cases]) {
        const mine = rows.filter(({ REQUEST_ID = '' }) => parseRequestId(REQUEST_ID)?.instance === id)
        const persons = [change.person, ...change.household]
        expect(mine, what).toEqual(
          persons.map((person, index) => ({
            REQUEST_ID: mine[0]?.REQUEST_ID,
            PERSON_NO: `${index + 1}`,
            PERSONS: `${persons.length}`,
            ELECTOR_NO: '',
            TITLE: inSpreadsheet(person.personTitle ?? ''),
            FORENAMES: inSpreadsheet(person.personGivenName),
            SURNAME: inSpreadsheet(person.personFamilyName),
            DATE_OF_BIRTH: inBritish(person.personBirthDate ?? ''),
            MOVED_ON: inBritish(change.movedOn),
            ...columnsOf('OLD', change.oldAddress),
            ...columnsOf('NEW', change.newAddress),
          })),
        )
      }
    },
  )

  it.skipIf(isSkipped)('is shown by the commands as text that no terminal obeys', async () => {
    for (const { what, reference, change } of all.cases) {
      for (const words of [
        ['track', reference],
        ['transactions', 'show', reference, '--body'],
        ['transactions', 'list'],
      ]) {
        expect(await portreeve(all, words), `${what}: ${words}`).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u)
      }
      const shown = await portreeve(all, ['transactions', 'show', reference, '--body', '--json'])
      expect(JSON.parse(JSON.parse(shown).body), what).toEqual(change)
      const tracked = await portreeve(all, ['track', reference, '--json'])
      expect(JSON.stringify(JSON.parse(tracked)), what).not.toContain(change.newAddress.streetDescription)
    }
  })

  it.skipIf(isSkipped)('is on no status page, which is made of the same elements as any other', async () => {
    const usual = await statusPage(all.plain)
    for (const each of all.cases) {
      const page = await statusPage(each)
      expect(skeletonOf(page), each.what).toEqual(skeletonOf(usual))
      expect(readableText(page), each.what).toBe(readableText(usual))
    }
  })

  it.skipIf(isSkipped)('lies in the log as it was told, and all records agree', async () => {
    const { journey, cases } = all
    expect(await journey.compare()).toEqual([])
    await journey.stopBroker()
    const records = await recordsIn(journey, 'customer.address.changed')
    const bodies = records.map(({ value }) => Buffer.from(value ?? '').toString())
    expect(bodies.map((body) => JSON.parse(body)).toSorted(byName)).toEqual(
      [all.plain, ...cases].map(({ change }) => change).toSorted(byName),
    )
  })
})

describe('text that is meant to run', () => {
  it(
    'is refused with its place wherever a field has a form of its own, and nothing of it is repeated',
    async () => {
      await using journey = await TellUsOnce.start()
      const form = await ChangeForm.read(journey.doorUrl)
      for (const { pointer, accepts } of form.fields) {
        const refused = [...hostileTexts, ...controlTexts].map(({ text }) => text).filter((text) => !accepts(text))
        expect(refused.length, pointer).toBeGreaterThanOrEqual(controlTexts.length)
        await Promise.all(
          refused.map(async (text) => {
            const answer = await journey.post(JSON.stringify(form.legalBut(pointer, text)), crypto.randomUUID())
            const said = await answer.text()
            expect([answer.status, JSON.parse(said).errors?.[0]?.pointer], text).toEqual([422, pointer])
            expect(said).not.toContain(JSON.stringify(text).slice(1, -1))
          }),
        )
      }
    },
    setUpMs,
  )
})

async function database(opened: AsyncDisposableStack): Promise<NonNullable<TellUsOnceOptions['postgres']>> {
  const server = await startPostgres()
  opened.defer(() => server.stop())
  return { databaseUrl: await server.createDatabase(), password: server.password }
}

function recipients({ to, cc, bcc }: ParsedMail): string {
  return [to, cc, bcc]
    .flatMap((each) => each ?? [])
    .map(({ text }) => text)
    .join(', ')
}

function onlyMail(mails: readonly ParsedMail[], { emailAddress }: HostileCase): ParsedMail {
  return only(mails.filter((mail) => recipients(mail) === emailAddress))
}

function onlyAlert(mails: readonly ParsedMail[], { reference }: HostileCase): ParsedMail {
  return only(mails.filter((mail) => teams.test(recipients(mail)) && mail.subject?.includes(reference)))
}

function only<Item>(items: readonly Item[]): Item {
  const [first, ...others] = items
  if (first === undefined || others.length > 0) throw new TypeError(`${items.length} where there is one`)
  return first
}

/** All that is not text: names of headers, parts and mark-up. */
function shape(mail: ParsedMail, { reference, statusAddress }: HostileCase): unknown {
  const html = String(mail.html).replaceAll(statusAddress, 'status').replaceAll(reference, 'reference')
  return {
    subject: mail.subject?.replaceAll(reference, 'reference'),
    headers: mail.headerLines.map(({ key }) => key),
    attachments: mail.attachments.length,
    lines: mail.text?.split('\n').length,
    skeleton: skeletonOf(html),
  }
}

/** What comes from a stranger is one line in a letter, and has nothing that cannot be seen. */
function asOneLine(text: string): string {
  return text.replace(/[\s\p{C}]+/gu, ' ').trim()
}

async function electoralRows(folder: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const own = join(folder, 'electoral', 'own')
  const texts = await Promise.all((await readdir(own)).map((name) => readFile(join(own, name), 'utf8')))
  return texts.flatMap((text) => parseCsv<Record<string, string>>(text, { columns: true }))
}

function columnsOf(prefix: string, { saon, paon, ...address }: Address): Readonly<Record<string, string>> {
  const { uprn = '', streetDescription, locality = '', town = '' } = address
  const { administrativeArea = '', postTown = '', postcode = '' } = address
  return {
    [`${prefix}_UPRN`]: uprn,
    [`${prefix}_SAON`]: inSpreadsheet(objectName(saon)),
    [`${prefix}_PAON`]: inSpreadsheet(objectName(paon)),
    [`${prefix}_STREET`]: inSpreadsheet(streetDescription),
    [`${prefix}_LOCALITY`]: inSpreadsheet(locality),
    [`${prefix}_TOWN`]: inSpreadsheet(town),
    [`${prefix}_ADMINISTRATIVE_AREA`]: inSpreadsheet(administrativeArea),
    [`${prefix}_POST_TOWN`]: inSpreadsheet(postTown),
    [`${prefix}_POSTCODE`]: postcode,
  }
}

function inOneLine({ saon, paon, streetDescription, locality, postTown }: Address): string {
  return [objectName(saon), paon.description, `${numbers(paon)} ${streetDescription}`, locality, postTown].join(', ')
}

function objectName(name: Address['saon']): string {
  return `${name?.description} ${numbers(name)}`
}

function numbers(name: Address['saon']): string {
  return [name?.startRange, name?.endRange].map((range) => `${range?.number}${range?.suffix}`).join('-')
}

function inBritish(date: string): string {
  return date.split('-').toReversed().join('/')
}

function byName({ person: one }: AddressChange, { person: other }: AddressChange): number {
  return (one.customer ?? '') < (other.customer ?? '') ? -1 : 1
}

async function statusPage({ statusAddress, reference }: HostileCase): Promise<string> {
  const page = await (await fetch(statusAddress, { headers: { accept: 'text/html' } })).text()
  return page.replaceAll(reference, 'reference').replace(/<time datetime="[^"]*">[^<]*</g, '<time><')
}

async function portreeve({ journey }: HostileJourney, words: readonly string[]): Promise<string> {
  const out: string[] = []
  const code = await runCli([...words, '--config', journey.configurationFolder], {
    out: async (text) => void out.push(text),
    err: (text) => void out.push(text),
    colour: false,
    live: false,
    columns: 100,
    environment: journey.environment,
    workingFolder: journey.configurationFolder,
    now: () => new Date(),
  })
  expect(code, out.join('')).toBe(0)
  return out.join('')
}
