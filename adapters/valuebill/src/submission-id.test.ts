import { expect, it } from 'vitest'
import { submissionId } from './submission-id.ts'

const head = { billingAuthority: 'Borough of Sallowmere', billingAuthorityCode: '9999' }

it('is the same for the same batch and header', () => {
  expect(submissionId('b1', head)).toMatch(/^b1-[0-9a-f]{8}$/)
  expect(submissionId('b1', { ...head })).toBe(submissionId('b1', head))
})

it.each([{ billingAuthority: 'Sallowmere' }, { billingAuthorityCode: '9998' }])('is another with %j', (changed) => {
  expect(submissionId('b1', { ...head, ...changed })).not.toBe(submissionId('b1', head))
})
