import { describe, expect, it } from 'vitest'
import { retryAfter } from './retry-after.ts'

const now = new Date('2026-03-01T12:00:00Z')
const wait = (value: string, maxMs?: number) => retryAfter({ 'retry-after': value }, now, maxMs)

describe('Retry-After', () => {
  it.each([
    ['seconds', '120', 120_000],
    ['no seconds', '0', 0],
    ['the usual date', 'Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
    ['the date of RFC 850', 'Sunday, 01-Mar-26 12:00:30 GMT', 30_000],
    ['the date of asctime, which means UTC', 'Sun Mar  1 12:00:30 2026', 30_000],
    ['an RFC 850 year that only the past can mean', 'Sunday, 06-Nov-94 08:49:37 GMT', 0],
    ['a date that has passed', 'Sun, 01 Mar 2026 11:00:00 GMT', 0],
  ])('reads %s', (_form, value, expected) => {
    expect(wait(value)).toBe(expected)
  })

  it.each([['soon'], ['-1'], ['1.5'], [''], ['2026-03-01'], ['12 seconds'], ['Sun, 99 Foo 2026 12:00:30 GMT']])(
    'does not guess at "%s"',
    (value) => {
      expect(wait(value)).toBeUndefined()
    },
  )

  it('says nothing when the service says nothing', () => {
    expect(retryAfter({}, now)).toBeUndefined()
  })

  it('never waits longer than it was told, whatever the service asks', () => {
    expect(wait('999999999999999')).toBe(3_600_000)
    expect(wait('Sun, 01 Mar 2099 12:00:00 GMT', 5_000)).toBe(5_000)
  })
})
