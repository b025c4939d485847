import { readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { runCli } from '@portreeve/cli'
import { referenceNumber } from '@portreeve/envelope'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressChange } from './support/address-change.ts'
import { aloysius, type OneCrm, oneCrm, wilhelmina } from './support/one-crm.ts'
import { until } from './support/until.ts'

const longAgo = '2020-01-01'
const decision = ['--by', 'A. Clerk', '--why', 'tenancy agreement seen']
let borough: OneCrm

beforeAll(async () => {
  borough = await oneCrm()
  await borough.start()
}, 60_000)
afterAll(() => borough[Symbol.asyncDispose]())

async function portreeve(words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const out: string[] = []
  const err: string[] = []
  const code = await runCli([...words, '--config', borough.config], {
    out: async (text) => void out.push(text),
    err: (text) => void err.push(text),
    colour: false,
    live: false,
    columns: 80,
    environment,
    workingFolder: borough.config,
    now: () => new Date(),
  })
  return { code, out: out.join(''), err: err.join('') }
}

async function asked(words: readonly string[]) {
  const { code, out, err } = await portreeve([...words, '--json'])
  expect({ code, err }, words.join(' ')).toEqual({ code: 0, err: '' })
  return JSON.parse(out)
}

const tracked = (reference: string) => asked(['track', reference])
const stateAtCrm = async (reference: string) => (await tracked(reference)).transaction?.systems[0].state
const casesOf = (personReference: string) =>
  borough.crm.cases().filter((found) => found.personReference === personReference)

async function heldTransaction(person: object): Promise<string> {
  const reference = await borough.bring({ person, movedOn: longAgo })
  await until('it is held', async () => (await tracked(reference)).transaction?.stage === 'held')
  return reference
}

async function ambiguousTransaction(): Promise<string> {
  const reference = await borough.bring({ person: wilhelmina })
  await until('it needs a person', async () => (await stateAtCrm(reference)) === 'needs-a-person')
  return reference
}

describe('a transaction that quality control holds', () => {
  it('is listed with the reason; track says so in plain words, and nothing of what it says', async () => {
    const reference = await heldTransaction(aloysius)
    const { transactions } = await asked(['transactions'])
    expect(transactions).toMatchObject([
      { reference, stage: 'held', matters: [{ system: null, why: 'They moved long ago.', candidates: 0 }] },
    ])
    const { out } = await portreeve(['track', reference])
    expect(out).toContain('now waits for a decision')
    expect(out).toMatch(/Why it waits for a decision\n {2}They moved long ago\n/)
    expect(out).toMatch(/crm {2}waiting {2}[\d:]+ {2}is told once it is decided/)
    expect(out.replaceAll(/ \\\n +/g, ' ')).toContain(`portreeve transactions show ${reference} --config`)
    for (const text of [out, JSON.stringify(await tracked(reference))]) expect(text).not.toContain('Aloysius')
    expect((await portreeve(['reject', reference, ...decision])).out).toMatch(/^It is over: no system is told/)
    expect(casesOf('P-3')).toEqual([])
  }, 60_000)

  it('is shown with what can be done, as commands that can be copied; what it says only when that is asked for', async () => {
    const reference = await heldTransaction(aloysius)
    const { out } = await portreeve(['transactions', 'show', reference])
    for (const command of ['approve', 'correct', 'reject']) expect(out).toContain(`portreeve ${command} ${reference}`)
    expect(out).not.toContain('Aloysius')
    expect((await portreeve(['transactions', 'show', reference, '--body'])).out).toContain('Aloysius')
    await asked(['reject', reference, ...decision])
  }, 60_000)

  it('goes on when somebody says who and why; later ones of the same person wait behind it until then', async () => {
    const reference = await heldTransaction(aloysius)
    const later = await borough.bring({ person: aloysius })
    await until('the later one is known', async () => (await stateAtCrm(later)) === 'withheld')
    expect((await portreeve(['track', later])).out).toContain('waits behind an earlier change')
    expect((await portreeve(['approve', reference, '--by', 'A. Clerk'])).code).toBe(2)
    expect(await asked(['approve', reference.toLowerCase(), ...decision])).toEqual({
      reference,
      decision: 'approved',
      running: true,
    })
    await until('both are at the CRM', async () => (await stateAtCrm(later)) === 'delivered')
    const again = await portreeve(['approve', reference, ...decision])
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('PRV_BROKER_NOT_HELD') })

    const [first] = casesOf('P-3')
    const delivered = (await portreeve(['track', reference])).out
    expect(delivered.replaceAll(/\s+/g, ' ')).toMatch(
      new RegExp(`their reference ${first?.caseId}; a person is called if it has not confirmed by \\w+ \\d+ \\w+`),
    )
    borough.crm.changeStatus(first?.caseId ?? '', 'resolved', 'Moved.')
    await until('the CRM has confirmed', async () => (await stateAtCrm(reference)) === 'confirmed')
    const { out } = await portreeve(['track', reference])
    expect(out).toContain('now done')
    const story = out.slice(out.indexOf('What happened')).replaceAll(/\n {10,}/g, ' ')
    expect(
      story
        .split('\n')
        .filter(Boolean)
        .map((line) => line.replace(/^ *[\d:]+ +/, '')),
    ).toEqual([
      'What happened',
      'accepted   Accepted as customer.address.changed.',
      'held       Waits for a decision: They moved long ago.',
      'approved   A. Clerk let it go on: tenancy agreement seen',
      'asked      crm is asked to take it over.',
      `delivered  crm has it, under ${first?.caseId}.`,
      'confirmed  crm has done it: Moved.',
    ])
  }, 60_000)

  it('is not let go by a correction that changed nothing', async () => {
    const reference = await heldTransaction(aloysius)
    const unchanged = await portreeve(['correct', reference, ...decision], { EDITOR: 'true' })
    expect(unchanged).toMatchObject({ code: 1, err: expect.stringContaining('PRV_CLI_NOTHING_EDITED') })
    expect(unchanged.err).toContain('They moved long ago.')
    const { body } = await asked(['transactions', 'show', reference, '--body'])
    await writeFile(join(borough.config, 'same.json'), JSON.stringify(JSON.parse(body), null, 4))
    const laidOut = await portreeve(['correct', reference, '--body', 'same.json', ...decision])
    expect(laidOut.err).toContain('PRV_CLI_NOTHING_EDITED')
    expect((await tracked(reference)).transaction.stage).toBe('held')
    await asked(['reject', reference, ...decision])
  }, 60_000)

  it('is not let go by a correction that makes no sense: its place is told, and the work is kept', async () => {
    const reference = await heldTransaction(aloysius)
    const { code, err } = await portreeve(['correct', reference, ...decision], {
      EDITOR: `sed -i.old 's/"movedOn": ".*"/"movedOn": "soon"/'`,
    })
    expect(code).toBe(1)
    expect(err).toMatch(/PRV_CLI_EDIT_REFUSED .* at \/movedOn \(line \d+\)/)
    const [, kept = ''] = /it lies in (\S+)\.\n/.exec(err) ?? []
    expect(JSON.parse(await readFile(kept, 'utf8')).movedOn).toBe('soon')
    await rm(dirname(kept), { recursive: true })
    expect((await tracked(reference)).transaction.stage).toBe('held')
    await asked(['reject', reference, ...decision])
  }, 60_000)

  it('goes on as it was corrected; who did it is told', async () => {
    const reference = await heldTransaction(aloysius)
    const before = casesOf('P-3').length
    const newAddress = { ...addressChange.newAddress, streetDescription: 'Weir Walk' }
    const corrected = JSON.stringify({ ...addressChange, person: aloysius, newAddress })
    await writeFile(join(borough.config, 'new.json'), corrected)
    await asked(['correct', reference, '--body', 'new.json', ...decision])
    await until('the CRM has it', async () => (await stateAtCrm(reference)) === 'delivered')
    expect(casesOf('P-3').slice(before)).toMatchObject([{ newAddress: expect.stringContaining('Weir Walk') }])
    const { out } = await portreeve(['track', reference])
    expect(out.replaceAll(/\s+/g, ' ')).toContain('A. Clerk corrected it and let it go on: tenancy agreement seen')
  }, 60_000)

  it('is not known by a reference that nothing has', async () => {
    const { code, err } = await portreeve(['approve', referenceNumber(1_000_000), ...decision])
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('PRV_BROKER_TRANSACTION_UNKNOWN') })
    expect((await asked(['transactions'])).transactions).toEqual([])
  })
})

describe('a transaction that a system cannot take over by itself', () => {
  it('is listed and tracked with how many persons may be meant, and shown with who they are', async () => {
    const reference = await ambiguousTransaction()
    const { transactions } = await asked(['transactions'])
    expect(transactions).toMatchObject([{ reference, matters: [{ system: 'crm', candidates: 2 }] }])
    const { out } = await portreeve(['track', reference])
    expect(out).toContain('now needs a person for crm')
    expect(out).toContain('2 persons may be meant')
    expect(out).not.toContain('P-1')
    const shown = (await portreeve(['transactions', 'show', reference])).out
    expect(shown).toContain('P-2')
    expect(shown.replaceAll(/ \\\n +/g, ' ')).toContain(`portreeve resolve ${reference} crm --person P-1 --by`)
    expect((await asked(['status'])).processes).toMatchObject([{ process: 'tell-us-once', needPerson: 1 }])
    expect((await portreeve(['status'])).out).toMatch(/1 transaction waiting for a person:\s+portreeve transactions/)
    await asked(['resolve', reference, 'crm', '--done', ...decision])
  }, 60_000)

  it('is asked about again with the person whom somebody chose among them, and no other by mistake', async () => {
    const reference = await ambiguousTransaction()
    const unknown = await portreeve(['resolve', reference, 'cmr', '--done', ...decision])
    expect(unknown).toMatchObject({ code: 2, err: expect.stringContaining('use one of crm') })
    const neither = await portreeve(['resolve', reference, 'crm', ...decision])
    expect(neither).toMatchObject({ code: 2, err: expect.stringContaining('--done') })
    const mistaken = await portreeve(['resolve', reference, 'crm', '--person', 'P-3', ...decision])
    expect(mistaken).toMatchObject({ code: 1, err: expect.stringContaining('PRV_CLI_NOT_A_CANDIDATE') })
    expect(mistaken.err).not.toContain('P-3')
    const before = casesOf('P-2').length
    expect(await asked(['resolve', reference, 'crm', '--person', 'P-2', ...decision])).toEqual({
      reference,
      system: 'crm',
      decision: 'asked-again',
      running: true,
    })
    await until('the CRM has it', async () => (await stateAtCrm(reference)) === 'delivered')
    expect(casesOf('P-2')).toHaveLength(before + 1)
    const again = await portreeve(['resolve', reference, 'crm', '--done', ...decision])
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('PRV_BROKER_NEEDS_NOBODY') })
  }, 60_000)

  it('takes a person whom the system has not named when that is said on purpose', async () => {
    const reference = await ambiguousTransaction()
    await asked(['resolve', reference, 'crm', '--person', 'P-3', '--even-so', ...decision])
    await until('the CRM has it', async () => (await stateAtCrm(reference)) === 'delivered')
  }, 60_000)

  it('takes nobody by a slip of the finger where the system has named nobody; track says who was chosen', async () => {
    const person = { personGivenName: 'Nemo', personFamilyName: 'Unheardof', personBirthDate: '1951-05-05' }
    const reference = await borough.bring({ person })
    await until('it needs a person', async () => (await stateAtCrm(reference)) === 'needs-a-person')
    const slip = await portreeve(['resolve', reference, 'crm', '--person', 'P-17', ...decision])
    expect(slip).toMatchObject({ code: 1, err: expect.stringContaining('PRV_CLI_NOT_A_CANDIDATE') })
    await asked(['resolve', reference, 'crm', '--person', 'P-17', '--even-so', ...decision])
    const words = async () => (await portreeve(['track', reference])).out.replaceAll(/\s+/g, ' ')
    await until('the CRM says that there is no P-17', async () => (await words()).includes('crm knows nobody by P-17'))
    expect(await words()).toContain('chose P-17 at crm')
    await asked(['resolve', reference, 'crm', '--done', ...decision])
  }, 60_000)

  it('is done when somebody has put it right by hand; who and why is told', async () => {
    const reference = await ambiguousTransaction()
    await asked(['resolve', reference, 'crm', '--done', ...decision])
    const { out } = await portreeve(['track', reference])
    expect(out).toContain('now done')
    expect(out.replaceAll(/\s+/g, ' ')).toContain('A. Clerk dealt with it by hand: tenancy agreement seen')
  }, 60_000)
})

describe('while a system, or the broker, is down', () => {
  it('track says which system cannot be reached, and since when', async () => {
    await borough.crm.goDown()
    const reference = await borough.bring({ person: aloysius })
    await until('it is told', async () => /cannot\s+be\s+reached/.test((await portreeve(['track', reference])).out))
    await borough.crm.comeBack()
    await until('the CRM has it', async () => (await stateAtCrm(reference)) === 'delivered', { withinMs: 60_000 })
  }, 90_000)

  it('a decision is kept and stands, and is acted on when the broker runs', async () => {
    const reference = await heldTransaction(aloysius)
    await borough.stop()
    const { out } = await portreeve(['approve', reference, ...decision])
    expect(out.replaceAll(/\s+/g, ' ')).toContain('The broker does not run: that happens when it does.')
    const other = await portreeve(['reject', reference, ...decision])
    expect(other).toMatchObject({ code: 1, err: expect.stringContaining('PRV_BROKER_NOT_HELD') })
    expect((await asked(['transactions'])).transactions).toEqual([])
    await borough.start()
    await until('the CRM has it', async () => (await stateAtCrm(reference)) === 'delivered')
  }, 60_000)
})
