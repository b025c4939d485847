import type { HttpResponse } from '@portreeve/endpoints'
import { describe, expect, it } from 'vitest'
import { isFault, readResponse } from './errors.ts'

const exchange = { url: 'http://voa.test', user: 'BA9999', submissionId: 'b1', reports: 3, sizeBytes: 9000 }
const now = new Date('2026-03-02T10:00:00Z')
const response = (status: number, body = '', headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers,
  body: new TextEncoder().encode(body),
})
const read = (...args: Parameters<typeof response>) => readResponse(response(...args), exchange, now)

describe('each fault of the service has one code of ours', () => {
  it.each([
    [400, '', 'PRV_VALUEBILL_NOT_TAKEN', 'operator'],
    [401, '', 'PRV_VALUEBILL_LOGIN', 'operator'],
    [403, '<html>', 'PRV_VALUEBILL_LOGIN', 'operator'],
    [404, '', 'PRV_VALUEBILL_NOT_FOUND', 'operator'],
    [405, '', 'PRV_VALUEBILL_NOT_TAKEN', 'operator'],
    [409, '{}', 'PRV_VALUEBILL_OTHER_BYTES', 'unknown-outcome'],
    [413, '', 'PRV_VALUEBILL_TOO_LARGE', 'operator'],
    [415, '', 'PRV_VALUEBILL_NOT_TAKEN', 'operator'],
    [429, '', 'PRV_VALUEBILL_BUSY', 'overload'],
    [500, 'oops', 'PRV_VALUEBILL_FAULT', 'unknown-outcome'],
    [502, '<html>', 'PRV_VALUEBILL_FAULT', 'unknown-outcome'],
    [503, '', 'PRV_VALUEBILL_UNAVAILABLE', 'target-down'],
    [504, '', 'PRV_VALUEBILL_FAULT', 'unknown-outcome'],
    [302, '', 'PRV_VALUEBILL_FAULT', 'unknown-outcome'],
    [418, '', 'PRV_VALUEBILL_FAULT', 'unknown-outcome'],
    [200, '', 'PRV_VALUEBILL_ANSWER_UNREADABLE', 'unknown-outcome'],
    [200, '<html><body>Maintenance</body></html>', 'PRV_VALUEBILL_ANSWER_UNREADABLE', 'unknown-outcome'],
    [200, '{"submissionId":"b1","status":"Do', 'PRV_VALUEBILL_ANSWER_UNREADABLE', 'unknown-outcome'],
    [200, '{"submissionId":"b1","status":"Pending"}', 'PRV_VALUEBILL_ANSWER_UNREADABLE', 'unknown-outcome'],
    [200, '[]', 'PRV_VALUEBILL_ANSWER_UNREADABLE', 'unknown-outcome'],
  ])('%i with the body %j is %s', (status, body, code, failureClass) => {
    const result = read(status, body)
    expect(isFault(result) && [result.error.code, result.error.failureClass]).toEqual([code, failureClass])
  })

  it.each([
    [429, '30', 30_000],
    [503, 'Mon, 02 Mar 2026 10:01:00 GMT', 60_000],
    [503, 'soon', undefined],
  ])('%i with Retry-After %j asks to wait %s ms', (status, retryAfter, expected) => {
    const result = read(status, '', { 'retry-after': retryAfter })
    expect(isFault(result) && result.retryAfterMs).toBe(expected)
  })

  it('never shows a password or a body', () => {
    const result = read(401, 'secret of the service')
    expect(JSON.stringify(result)).not.toContain('secret')
  })
})

describe('an answer', () => {
  it('says what is wrong with which report', () => {
    const body = {
      submissionId: 'b1',
      status: 'Failed',
      errors: [
        { reportNumber: '1001', baTransaction: 'T1', uprn: [7], errors: [{ errorCode: '1005', values: ['CR01'] }] },
        { reportNumber: 1002, errors: [{ errorCode: 1000 }, {}] },
        'nonsense',
      ],
    }
    expect(read(200, JSON.stringify(body))).toEqual({
      submissionId: 'b1',
      status: 'Failed',
      errors: [
        { reportNumber: '1001', baTransaction: 'T1', errors: [{ errorCode: '1005', values: ['CR01'] }] },
        {
          reportNumber: '1002',
          baTransaction: null,
          errors: [
            { errorCode: '1000', values: [] },
            { errorCode: '5000', values: [] },
          ],
        },
        { reportNumber: null, baTransaction: null, errors: [] },
      ],
    })
  })

  it('takes no sentence for an error code', () => {
    const errors = [{ reportNumber: '1', baTransaction: 'T1', errors: [{ errorCode: 'Mr Smith is unknown' }] }]
    const answer = read(200, JSON.stringify({ submissionId: 'b1', status: 'Failed', errors }))
    expect(answer).toMatchObject({ errors: [{ errors: [{ errorCode: '5000' }] }] })
  })

  it.each([200, 201, 202])('is taken with status %i', (status) => {
    expect(read(status, '{"submissionId":"b1","status":"Done"}')).toEqual({
      submissionId: 'b1',
      status: 'Done',
      errors: [],
    })
  })
})
