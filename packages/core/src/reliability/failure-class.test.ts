import { PortreeveError } from '@portreeve/errors'
import { describe, expect, it } from 'vitest'
import { failureThrown, pausesReceiver } from './failure-class.ts'

const thrown = (error: unknown) => failureThrown('reports.voa', error)

describe('what an adapter throws', () => {
  it.each([
    ['PRV_ENDPOINTS_HTTP_UNREACHABLE', 'target-down', true],
    ['PRV_VALUEBILL_BUSY', 'overload', true],
    ['PRV_VALUEBILL_LOGIN', 'operator', true],
    ['PRV_VALUEBILL_MESSAGE', 'message-bad', false],
    ['PRV_ENDPOINTS_HTTP_NO_ANSWER', 'unknown-outcome', false],
  ] as const)('%s is %s, and makes the receiver wait: %s', (code, failureClass, pauses) => {
    const failure = thrown(new PortreeveError(code))
    expect([failure.failureClass, pausesReceiver(failure)]).toEqual([failureClass, pauses])
  })

  it('brings along how long to wait', () => {
    expect(thrown(new PortreeveError('PRV_VALUEBILL_BUSY', { retryAfterMs: 7000 })).retryAfterMs).toBe(7000)
    expect(thrown(new PortreeveError('PRV_VALUEBILL_BUSY', {}))).not.toHaveProperty('retryAfterMs')
  })

  it.each([[new RangeError('Jo Bloggs')], ['Jo Bloggs'], [undefined], [null]])(
    'that is not of the catalogue leaves the outcome unknown, and its text behind: %s',
    (error) => {
      const failure = thrown(error)
      expect([failure.failureClass, failure.error.code]).toEqual(['unknown-outcome', 'PRV_CORE_ADAPTER_FAULT'])
      expect(JSON.stringify(failure)).not.toContain('Bloggs')
    },
  )
})
