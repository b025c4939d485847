import { expect, it } from 'vitest'
import { unknownServices } from './unknown-services.ts'

const systems = ['customer-record', 'council-tax'].map((service) => {
  return { label: service, service, confirmWithinWorkingDays: null, administrators: [] }
})

it('a service that no system has holds a transaction, whether it is to be told or must not be', () => {
  const consents = [{ purpose: 'custommer-record', answer: 'refused' as const }]
  const holds = unknownServices({ tell: ['council-tax', 'concil-tax'], consents }, { systems })
  expect(holds.map(({ rule, sentence }) => `${rule}: ${sentence}`)).toEqual([
    'unknown-service: It speaks of a service "concil-tax", which is none of: customer-record, council-tax.',
    'unknown-service: It speaks of a service "custommer-record", which is none of: customer-record, council-tax.',
  ])
})

it('who says nothing, or only what is known, is held for nothing', () => {
  expect(unknownServices({}, { systems })).toEqual([])
  expect(unknownServices({ tell: ['council-tax'] }, { systems })).toEqual([])
})
