import { expect, it } from 'vitest'
import { bodyProblems } from './canonical-body.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const good = { fileName: 'march.xml', digest: '0'.repeat(64), reports: 3, refused: 0 }

it('finds nothing wrong with a body of its type', async () => {
  expect(await bodyProblems('valuation.submission.split', bytes(JSON.stringify(good)))).toEqual([])
})

it('says where a body is not of its type', async () => {
  const [problem] = await bodyProblems(
    'valuation.submission.split',
    bytes(JSON.stringify({ ...good, reports: 'three' })),
  )
  expect(problem).toMatchObject({ path: '/reports', line: 1 })
})

it('says that a body which breaks off is none', async () => {
  const [problem] = await bodyProblems('valuation.submission.split', bytes('{"fileName": '))
  expect(problem?.code).toBe('PRV_FORMATS_NOT_WELL_FORMED')
})

it('knows nothing of types outside the model', async () => {
  expect(await bodyProblems('waste.collection.missed', bytes('x'))).toEqual([])
})

it('wants a day of the calendar of what people bring', async () => {
  const person = { personGivenName: 'Ada', personFamilyName: 'Sampleby' }
  const home = { paon: { startRange: { number: '1' } }, streetDescription: 'Mill Lane', town: 'Sallowmere' }
  const change = (movedOn: string) => bytes(JSON.stringify({ person, oldAddress: home, newAddress: home, movedOn }))
  const strict = { strict: true }
  expect(await bodyProblems('customer.address.changed', change('2026-02-28'), strict)).toEqual([])
  const [problem] = await bodyProblems('customer.address.changed', change('2026-02-30'), strict)
  expect(problem).toMatchObject({ path: '/movedOn' })
  expect(JSON.stringify(problem)).not.toContain('2026-02-30')
})
