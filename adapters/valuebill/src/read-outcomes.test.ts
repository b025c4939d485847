import { describe, expect, it } from 'vitest'
import type { SubmissionAnswer } from './answer.ts'
import { readOutcomes } from './read-outcomes.ts'

const reports = ['1001', '1002', '1003'].map((reportNumber) => ({ reportNumber, baTransaction: `T${reportNumber}` }))
const failed = (errors: SubmissionAnswer['errors']): SubmissionAnswer => ({
  submissionId: 's1',
  status: 'Failed',
  errors,
})
const error = (errorCode: string, ...values: string[]) => ({ errorCode, values })

describe('a submission', () => {
  it('that is done delivers every report', () => {
    const answer: SubmissionAnswer = { submissionId: 's1', status: 'Done', errors: [] }
    expect(readOutcomes(answer, reports)).toEqual(reports.map(() => ({ state: 'delivered', proof: 's1' })))
  })

  it('with one bad report refuses that one, and its good neighbours were not taken', () => {
    const errors = [{ reportNumber: '1002', baTransaction: 'T1002', errors: [error('1005', 'CR01'), error('2000')] }]
    expect(readOutcomes(failed(errors), reports)).toEqual([
      {
        state: 'not-taken',
        error: expect.objectContaining({ code: 'PRV_VALUEBILL_NEIGHBOUR_REFUSED' }),
        retryAfterMs: 0,
      },
      {
        state: 'refused',
        code: '1005',
        reason:
          '1005: There must be at least one existing entry. 2000: The report does not follow the Valuebill schema.',
      },
      { state: 'not-taken', error: expect.objectContaining({ details: { refused: 1 } }), retryAfterMs: 0 },
    ])
  })

  it('tells reports of the same number apart by their transaction', () => {
    const same = [
      { reportNumber: '1', baTransaction: 'A' },
      { reportNumber: '1', baTransaction: 'B' },
    ]
    const errors = [{ reportNumber: '1', baTransaction: 'B', errors: [error('1004')] }]
    expect(readOutcomes(failed(errors), same).map(({ state }) => state)).toEqual(['not-taken', 'refused'])
  })

  it('that failed as a whole blames no message that has no number', () => {
    const errors = [{ reportNumber: null, baTransaction: null, errors: [error('1010')] }]
    const outcomes = readOutcomes(failed(errors), [{ reportNumber: '', baTransaction: '' }])
    expect(outcomes.map(({ state }) => state)).toEqual(['not-taken'])
  })

  it.each([
    ['the header is wrong', [{ reportNumber: null, baTransaction: null, errors: [error('1010', '9998')] }], '1010'],
    [
      'a report is blamed that was not in it',
      [{ reportNumber: '9', baTransaction: 'T9', errors: [error('1005')] }],
      '1005',
    ],
    [
      'a report is named without a reason',
      [{ reportNumber: '1001', baTransaction: 'T1001', errors: [] }],
      'no reason given',
    ],
    ['nothing is said', [], 'no reason given'],
  ])('that failed because %s was not taken, and is a matter for the operator', (_, errors, codes) => {
    const error = expect.objectContaining({ code: 'PRV_VALUEBILL_SUBMISSION_REFUSED', details: { codes } })
    expect(readOutcomes(failed(errors), reports)).toEqual(reports.map(() => ({ state: 'not-taken', error })))
  })
})
