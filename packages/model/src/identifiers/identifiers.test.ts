import { isPortreeveError } from '@portreeve/errors'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { billingAuthorityCode } from './billing-authority-code.ts'
import { postcode } from './postcode.ts'
import { uprn } from './uprn.ts'
import { usrn } from './usrn.ts'

describe('UPRN', () => {
  it('reads a padded number and a bare one as the same property', () => {
    expect(uprn.from('000100023336')).toBe('100023336')
    expect(uprn.from(' 100023336\n')).toBe('100023336')
  })

  it.each(['', '0', '000', '1000000000000', '-1', '1.0', '1e5', '12a', '１２', '1 2'])('refuses %j', (text) => {
    expect(uprn.from(text)).toBeUndefined()
  })

  it('keeps every digit of the largest one', () => {
    expect(uprn.from('999999999999')).toBe('999999999999')
  })

  it('holds for every whole number from 1 to 999999999999, padded or not', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 999_999_999_999n }), fc.integer({ min: 0, max: 12 }), (n, width) => {
        expect(uprn.from(n.toString().padStart(width, '0'))).toBe(n.toString())
      }),
    )
  })
})

describe('USRN', () => {
  it('stops at eight digits', () => {
    expect(usrn.from('99999999')).toBe('99999999')
    expect(usrn.from('100000000')).toBeUndefined()
    expect(usrn.from('00')).toBeUndefined()
  })
})

describe('Billing authority code', () => {
  it.each([
    ['835', '0835'],
    ['0835', '0835'],
    ['00835', '0835'],
    ['5090', '5090'],
  ])('writes %s as %s', (text, code) => {
    expect(billingAuthorityCode.from(text)).toBe(code)
  })

  it.each(['0', '0000', '', '10000', '83S5'])('refuses %j', (text) => {
    expect(billingAuthorityCode.from(text)).toBeUndefined()
  })
})

describe('Postcode', () => {
  it.each([
    ['zz1 1zz', 'ZZ1 1ZZ'],
    ['ZZ11ZZ', 'ZZ1 1ZZ'],
    [' z z9 9 9 z\u00a0z ', 'ZZ99 9ZZ'],
    ['gir0aa', 'GIR 0AA'],
  ])('writes %j as %s', (text, code) => {
    expect(postcode.from(text)).toBe(code)
  })

  it('knows no C I K M O V at the end, which the XSD takes out', () => {
    for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
      expect(postcode.is(`ZZ1 1${letter}A`), letter).toBe(!'CIKMOV'.includes(letter))
      expect(postcode.is(`ZZ1 1A${letter}`), letter).toBe(!'CIKMOV'.includes(letter))
    }
  })

  it.each(['CC11 1CC', 'AB1 2--', 'Z', '', 'ZZZ1 1ZZ', 'ZZ1  1ZZ9'])('refuses %j', (text) => {
    expect(postcode.from(text)).toBeUndefined()
  })
})

describe('an identifier that is none', () => {
  it('is told by kind and rule, and the text stays out of the error', () => {
    try {
      uprn.parse('Flat 2, Nowhere Street')
      expect.unreachable()
    } catch (error) {
      expect(isPortreeveError(error, 'PRV_MODEL_IDENTIFIER')).toBe(true)
      expect(JSON.stringify(error)).toContain('from 1 to 999999999999')
      expect(JSON.stringify(error)).not.toContain('Nowhere')
    }
  })
})
