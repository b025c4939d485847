import { isPortreeveError } from '@portreeve/errors'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alphabet, base, words } from './alphabet.ts'
import { checkDigit, checks } from './check-digit.ts'
import { parseReference, sequenceOf } from './parse-reference.ts'
import { longReferences, referenceNumber, shortReferences, spellReference } from './reference-number.ts'
import { gather, scatter } from './scatter.ts'

const anySequence = fc.oneof(
  fc.integer({ min: 0, max: shortReferences - 1 }),
  fc.maxSafeInteger().map((n) => Math.abs(n) % (shortReferences + longReferences)),
)
const digit = fc.integer({ min: 0, max: base - 1 })

function faultOf(text: string): unknown {
  try {
    parseReference(text)
    return undefined
  } catch (error) {
    if (!isPortreeveError(error, 'PRV_ENVELOPE_REFERENCE')) throw error
    return error.details.fault
  }
}

describe('a reference number', () => {
  it('has eight characters in two groups, then twelve in three when those are used up', () => {
    expect(referenceNumber(0)).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
    expect(referenceNumber(shortReferences - 1)).toMatch(/^\w{4}-\w{4}$/)
    expect(referenceNumber(shortReferences)).toMatch(/^\w{4}-\w{4}-\w{4}$/)
    expect(referenceNumber(shortReferences + longReferences - 1)).toMatch(/^\w{4}-\w{4}-\w{4}$/)
  })

  it('stays what it is for ever: these were given out', () => {
    expect([0, 1, 2, 1023, shortReferences].map(referenceNumber)).toMatchInlineSnapshot(`
      [
        "9R3R-L632",
        "X4LF-LXWW",
        "4YKK-MYY9",
        "299H-WHX9",
        "HF2Y-6XWR-KX88",
      ]
    `)
  })

  it('is made from one number only, which can be found again', () => {
    fc.assert(fc.property(anySequence, (sequence) => sequenceOf(referenceNumber(sequence)) === sequence))
  })

  it('is different for each of 100,000 numbers in a row', () => {
    expect(new Set(Array.from({ length: 100_000 }, (_, sequence) => referenceNumber(sequence))).size).toBe(100_000)
  })

  it('is not made from a fraction, a negative number or one beyond the last', () => {
    for (const sequence of [-1, 0.5, Number.NaN, shortReferences + longReferences, 2 ** 53]) {
      expect(() => referenceNumber(sequence)).toThrow(TypeError)
    }
  })

  it('does not look like the one before it', () => {
    let alike = 0
    for (let sequence = 0; sequence < 20_000; sequence++) {
      const [here, next] = [referenceNumber(sequence), referenceNumber(sequence + 1)]
      const same = [...here].filter((character, place) => character !== '-' && character === next[place]).length
      if (same > 3) alike++
    }
    expect(alike).toBeLessThan(20)
  })

  it('is spelt out in words that nobody mistakes', () => {
    expect(spellReference('9WKC-4X7M')).toBe('nine Whiskey Kilo Charlie, four X-ray seven Mike')
    expect(Object.keys(words).sort()).toEqual([...alphabet].sort())
  })
})

describe('the scatter', () => {
  it('maps every number of three digits to another one, and back', () => {
    const seen = new Set<string>()
    for (let number = 0; number < base ** 3; number++) {
      const before = [number % base, Math.floor(number / base) % base, Math.floor(number / base ** 2)]
      const digits = [...before]
      scatter(digits)
      seen.add(digits.join())
      gather(digits)
      expect(digits).toEqual(before)
    }
    expect(seen.size).toBe(base ** 3)
  })
})

describe('the check character', () => {
  const checked = fc
    .oneof(fc.array(digit, { minLength: 7, maxLength: 7 }), fc.array(digit, { minLength: 11, maxLength: 11 }))
    .map((digits) => [checkDigit(digits), ...digits])

  it('passes what it was made for', () => {
    fc.assert(fc.property(checked, checks))
  })

  it('catches every single wrong character, itself among them', () => {
    fc.assert(
      fc.property(checked, (digits) => {
        for (let place = 0; place < digits.length; place++) {
          for (let wrong = 0; wrong < base; wrong++) {
            if (wrong !== digits[place]) expect(checks(digits.with(place, wrong))).toBe(false)
          }
        }
      }),
    )
  })

  it('catches every swap of two characters, neighbours or not', () => {
    fc.assert(
      fc.property(checked, (digits) => {
        for (let left = 0; left < digits.length; left++) {
          for (let right = left + 1; right < digits.length; right++) {
            const [a, b] = [digits[left] ?? 0, digits[right] ?? 0]
            if (a !== b) expect(checks(digits.with(left, b).with(right, a))).toBe(false)
          }
        }
      }),
    )
  })

  it('catches every wrong or swapped pair of neighbours there can be, place by place', () => {
    for (const length of [8, 12]) {
      for (let place = 0; place < length - 1; place++) {
        for (let a = 0; a < base; a++) {
          for (let b = 0; b < base; b++) {
            const digits = Array.from({ length: length - 1 }, () => 0)
            if (place > 0) digits[place - 1] = a
            digits[place] = b
            const whole = [checkDigit(digits), ...digits]
            const [left, right] = [whole[place] ?? 0, whole[place + 1] ?? 0]
            if (left !== right) expect(checks(whole.with(place, right).with(place + 1, left))).toBe(false)
          }
        }
      }
    }
  })
})

describe('reading a reference', () => {
  it('forgives case, blanks and every kind of dash', () => {
    fc.assert(
      fc.property(anySequence, (sequence) => {
        const reference = referenceNumber(sequence)
        const bare = reference.replaceAll('-', '')
        for (const spelling of [
          reference.toLowerCase(),
          bare,
          ` ${[...bare].join(' ')}\n`,
          reference.replaceAll('-', ' \u2013 '),
          reference.replaceAll('-', '\u2011'),
          `${bare.slice(0, 3)}/${bare.slice(3)}.`,
        ]) {
          expect(parseReference(spelling)).toBe(reference)
        }
      }),
    )
  })

  it('tells a wrong character by its place, a wrong length, and a failed check apart', () => {
    const reference = referenceNumber(7)
    expect(faultOf('')).toBe('empty')
    expect(faultOf(' - ')).toBe('empty')
    expect(faultOf(reference.slice(0, -1))).toBe('length')
    expect(faultOf(`${reference}2`)).toBe('length')
    expect(faultOf(reference.replace(/.$/, (last) => (last === '2' ? '3' : '2')))).toBe('check')
    expect(() => parseReference(`22O2-2222`)).toThrow('character 3, "O", never occurs in one')
    expect(() => parseReference(`2222-222`)).toThrow('it has 7 characters instead of 8 or 12')
  })
})
