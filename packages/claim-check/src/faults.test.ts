import { describe, expect, it } from 'vitest'
import { faultTable, fromFileSystem } from './faults.ts'

describe('file system faults', () => {
  it.each(Object.entries(faultTable))('says %s as %s', (errno, code) => {
    const fault = fromFileSystem(Object.assign(new Error('raw'), { code: errno }), '/data/claims')
    expect(fault).toMatchObject({ code, details: { folder: '/data/claims', fault: errno } })
  })

  it('does not guess what it does not know', () => {
    expect(fromFileSystem(Object.assign(new Error('raw'), { code: 'EMFILE' }), '/f').code).toBe(
      'PRV_CLAIM_CHECK_FAILED',
    )
  })
})
