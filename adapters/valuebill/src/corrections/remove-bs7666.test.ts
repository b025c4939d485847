import { expect, it } from 'vitest'
import { bs7666Address, councilTaxReport, entries, property } from '../testing/example-report.ts'
import { removeBs7666Address, removePropertyGridCoords } from './remove-bs7666.ts'

const identity = property('7').PropertyIdentity

it('takes BS7666 addresses out of both sides: no-bs7666-address', () => {
  const both = entries(property('5'), { PropertyIdentity: { ...identity, BS7666Address: bs7666Address } })
  const report = councilTaxReport('CR05', { ExistingEntries: both, ProposedEntries: both })
  const plain = entries(property('5'), property('7'))
  expect(removeBs7666Address.correct(report)).toEqual({
    report: { ...report, ExistingEntries: plain, ProposedEntries: plain },
    changes: [
      { path: 'ExistingEntries/AssessmentProperties[2]/PropertyIdentity/BS7666Address', before: 'QUAY LANE' },
      { path: 'ProposedEntries/AssessmentProperties[2]/PropertyIdentity/BS7666Address', before: 'QUAY LANE' },
    ],
  })
})

it('takes grid co-ordinates out: no-grid-coordinates', () => {
  const coords = { X: '400000', Y: '300000' }
  const report = councilTaxReport('CR03', {
    ProposedEntries: entries({ PropertyIdentity: { ...identity, PropertyGridCoords: coords } }),
  })
  expect(removePropertyGridCoords.correct(report)).toEqual({
    report: { ...report, ProposedEntries: entries() },
    changes: [
      {
        path: 'ProposedEntries/AssessmentProperties[1]/PropertyIdentity/PropertyGridCoords',
        before: '400000,300000',
      },
    ],
  })
})

it('has nothing to do where there are none', () => {
  const report = councilTaxReport('CR03', { ProposedEntries: entries() })
  expect(removeBs7666Address.correct(report)).toBeNull()
  expect(removePropertyGridCoords.correct(report)).toBeNull()
})
