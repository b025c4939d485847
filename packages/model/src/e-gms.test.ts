import { describe, expect, it } from 'vitest'
import { eGmsOf } from './e-gms.ts'

describe('e-GMS metadata', () => {
  it('gives a report its title and its subject category', () => {
    expect(eGmsOf('valuation.submission.split')).toEqual({
      title: 'A file of billing authority reports was split into its reports.',
      subjectCategory: 'Local Taxes',
    })
  })

  it('says nothing of types that it does not know or that have no subject', () => {
    expect(eGmsOf('valuation.moon.risen')).toBeUndefined()
    expect(eGmsOf('portreeve.delivery.recorded')).toBeUndefined()
  })
})
