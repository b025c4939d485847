import { writeFile } from 'node:fs/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { addressesText, type FakeSystem, personsText, startFakeSystem } from './fake-system.ts'
import registers from './index.ts'

const running: FakeSystem[] = []
afterEach(async () => {
  for (const system of running.splice(0)) await system.close()
})
const never = new AbortController().signal

async function setUp(config: object = {}) {
  const system = await startFakeSystem()
  running.push(system)
  const claims = { put: () => Promise.reject(new TypeError()), get: () => Promise.reject(new TypeError()) as never }
  const context = { label: 'registers', authority: 'X99000001', now: () => new Date(), signal: never, claims }
  const { addressesFile, personsFile } = system
  const adapter = await registers.open({ addressesFile, personsFile, settleSeconds: 0, ...config }, context)
  return {
    system,
    adapter,
    address: (uprn: string) => adapter.request?.({ kind: 'address', uprn }, never),
    async persons(personGivenName: string, personFamilyName: string, more: object = {}) {
      const answer = await adapter.request?.({ kind: 'persons', personFamilyName, personGivenName, ...more }, never)
      return answer?.candidates.map(({ personReference }) => personReference)
    },
  }
}

describe('an address', () => {
  it.each([
    ['990000000014', { known: true, capacity: 5, occupants: 3 }],
    ['000990000000014', { known: true, capacity: 5, occupants: 3 }],
    ['990000000203', { known: true, capacity: 4, occupants: 0 }],
    ['990000000204', { known: true, capacity: null, occupants: null }],
    ['990000000205', { known: false, capacity: null, occupants: null }],
    ['constructor', { known: false, capacity: null, occupants: null }],
  ])('%s is answered: %j', async (uprn, answer) => {
    expect(await (await setUp()).address(uprn)).toEqual(answer)
  })
})

describe('persons', () => {
  it.each([
    ['John', 'Sampleby', {}, ['C-100101', 'C-100102']],
    ['JOHN', 'Sample-by', {}, ['C-100101', 'C-100102']],
    ['John', 'Sampleby', { personBirthDate: '1951-06-01' }, ['C-100101']],
    ['John', 'Sampleby', { personBirthDate: '1950-01-01' }, []],
    ['John', 'Sampleby', { customer: 'C-100102' }, ['C-100102']],
    ['John', 'Sampleby', { customer: 'C-100045' }, ['C-100101', 'C-100102']],
    ['Zoe', 'Muller Sample', { personBirthDate: '2000-01-01' }, ['C-100103']],
    ['Wilhelmina', 'O’SYNTHETIC', {}, ['C-100045']],
    ['Ada', "O'Synthetic", {}, []],
    ['', '', {}, []],
    ['__proto__', '__proto__', {}, []],
  ])('%s %s with %j may be %j', async (given, family, more, references) => {
    expect(await (await setUp()).persons(given, family, more)).toEqual(references)
  })

  it('are told apart by birth and address, and without the other register by what is there', async () => {
    const question = { kind: 'persons', personFamilyName: 'Sampleby', personGivenName: 'John' } as const
    const { adapter } = await setUp()
    expect((await adapter.request?.(question, never))?.candidates.map(({ description }) => description)).toEqual([
      'John Sampleby, born 1951-06-01, at Flat 2, Mill House, 3 Mill Lane, Sallowmere, ZZ99 4WZ',
      'John SAMPLEBY, born 1979-11-30, at Flat 3, Mill House, 3 Mill Lane, Sallowmere, ZZ99 4WZ',
    ])
    const { adapter: alone } = await setUp({ addressesFile: '/nowhere/addresses.csv' })
    expect((await alone.request?.(question, never))?.candidates[0]?.description).toBe(
      'John Sampleby, born 1951-06-01, at UPRN 990000000203',
    )
  })

  it('are listed up to a hundred: that there are several is what counts', async () => {
    const { system, persons } = await setUp()
    const rows = Array.from({ length: 150 }, (_, index) => `P-${index},Same,Sam,,`)
    await system.export(
      'persons',
      ['personReference,personFamilyName,personGivenName,personBirthDate,uprn', ...rows].join('\n'),
    )
    expect(await persons('Sam', 'Same')).toHaveLength(100)
  })
})

describe('a register that is exported anew', () => {
  const more = `${addressesText}990000000300,New House,2,1,Northgate\r\n`

  it('counts from the next question on', async () => {
    const { system, address } = await setUp()
    expect(await address('990000000300')).toMatchObject({ known: false })
    await system.export('addresses', more)
    expect(await address('990000000300')).toMatchObject({ known: true })
  })

  it('does not count before it has stood still for a while', async () => {
    const { system, address, adapter } = await setUp({ settleSeconds: 3600 })
    await address('990000000014')
    await system.overwrite('addresses', more)
    expect(await address('990000000300')).toMatchObject({ known: false })
    await expect(adapter.check(never)).resolves.toBeUndefined()
  })

  it.each([
    ['cut in the middle of a line', addressesText.slice(0, -30), 4, 'the whole'],
    ['cut inside quotation marks', addressesText.slice(0, 60), 2, 'the whole'],
    ['of column names alone', 'uprn,address,capacity,occupants\r\n', 1, 'the whole'],
    ['empty', '', 1, 'the whole'],
    ['of another system', 'a;b;c\r\n1;2;3\r\n', 1, 'the whole'],
    ['with a UPRN of letters', addressesText.replace('990000000203', '99000000O203'), 3, 'uprn'],
    ['with a number that is none', addressesText.replace(',5,3,', ',many,3,'), 2, 'capacity'],
    ['with an address twice', addressesText.replace('990000000204', '0990000000203'), 4, 'uprn'],
  ])('%s does not count: what was read before does, and the check says why', async (_what, text, line, column) => {
    const { system, address, adapter } = await setUp()
    await address('990000000014')
    await system.overwrite('addresses', text)
    expect(await address('990000000014')).toEqual({ known: true, capacity: 5, occupants: 3 })
    const details = { file: system.addressesFile, line, column }
    await expect(adapter.check(never)).rejects.toMatchObject({ code: 'PRV_REGISTERS_FILE', details })
    await system.export('addresses', more)
    await expect(adapter.check(never)).resolves.toBeUndefined()
    expect(await address('990000000300')).toMatchObject({ known: true })
  })

  it('is missed when it goes, and answered from all the same', async () => {
    const { system, address, adapter } = await setUp()
    await address('990000000014')
    await system.goDown()
    expect(await address('990000000014')).toMatchObject({ known: true })
    await expect(adapter.check(never)).rejects.toMatchObject({ code: 'PRV_REGISTERS_NO_FILE' })
  })

  it('never tells a value of a person in what is wrong', async () => {
    const { system, persons } = await setUp()
    await system.overwrite('persons', personsText.replace('1984-02-29', 'Wilhelmina'))
    const fault = await persons('John', 'Sampleby').catch((error: unknown) => error)
    expect(fault).toMatchObject({ code: 'PRV_REGISTERS_FILE', details: { line: 2, column: 'personBirthDate' } })
    expect(JSON.stringify([fault, String(fault)])).not.toContain('Wilhelmina')
  })
})

describe('a register', () => {
  it('of more records than are allowed is not read', async () => {
    const { persons } = await setUp({ maxRecords: 3 })
    await expect(persons('John', 'Sampleby')).rejects.toMatchObject({
      code: 'PRV_REGISTERS_TOO_LONG',
      details: { maxRecords: 3 },
    })
  })

  it('that is not kept answers nothing, and says so', async () => {
    const { address, persons } = await setUp({ addressesFile: undefined, personsFile: undefined })
    await expect(address('1')).rejects.toMatchObject({ code: 'PRV_REGISTERS_NOT_KEPT', details: { kind: 'address' } })
    await expect(persons('A', 'B')).rejects.toMatchObject({ code: 'PRV_REGISTERS_NOT_KEPT' })
  })

  it('may be written in an older encoding', async () => {
    const { system, persons } = await setUp({ encoding: 'windows-1252' })
    await writeFile(system.personsFile, personsText, 'latin1')
    expect(await persons('Zoë', 'Müller-Sample')).toEqual(['C-100103'])
  })

  it('is read once for all who ask while it is read', async () => {
    const { address } = await setUp()
    const answers = await Promise.all(Array.from({ length: 50 }, () => address('990000000014')))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  })
})
