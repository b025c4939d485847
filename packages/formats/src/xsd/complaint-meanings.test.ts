import { describe, expect, it } from 'vitest'
import { schemaFault } from './complaint-meanings.ts'

const types = new Map([
  ['BandType', 'token'],
  ['Rate', 'Money'],
  ['Money', 'decimal'],
])
const said = { subject: 'Rate', value: '12,50', types }

describe('what libxml2 says of a value or an element', () => {
  it.each([
    [
      `[facet 'length'] The value has a length of '3'; this differs from the allowed length of '4'.`,
      'length 4',
      'Rate must have 4 characters; it has 3. Correct it.',
    ],
    [
      `[facet 'minLength'] The value has a length of '3'; this underruns the allowed minimum length of '5'.`,
      'minLength 5',
      'Rate must have at least 5 characters; it has 3. Complete it.',
    ],
    [
      `[facet 'minInclusive'] The value '0' is less than the minimum value allowed ('1').`,
      'minInclusive 1',
      "Rate must be at least 1; it says '12,50'. Correct it.",
    ],
    [
      `[facet 'minExclusive'] The value '0' must be greater than '0'.`,
      'minExclusive 0',
      "Rate must be more than 0; it says '12,50'. Correct it.",
    ],
    [
      `[facet 'maxExclusive'] The value '9' must be less than '9'.`,
      'maxExclusive 9',
      "Rate must be less than 9; it says '12,50'. Correct it.",
    ],
    [
      `[facet 'totalDigits'] The value '123' has more digits than are allowed ('2').`,
      'totalDigits 2',
      "Rate may have at most 2 digits; it says '12,50'. Correct it.",
    ],
    [
      `[facet 'fractionDigits'] The value '1.234' has more fractional digits than are allowed ('2').`,
      'fractionDigits 2',
      "Rate may have at most 2 digits after the point; it says '12,50'. Correct it.",
    ],
    [
      `'12,50' is not a valid value of the atomic type '{urn:a}Rate'.`,
      'type decimal',
      "Rate must be a number such as 12.50; it says '12,50'. Correct it.",
    ],
    [
      `'12,50' is not a valid value of the local atomic type.`,
      'type value',
      "Rate must be a value of the type value; it says '12,50'. Correct it.",
    ],
    [
      `Missing child element(s). Expected is one of ( {urn:a}B, {urn:a}C ).`,
      'required element',
      'Rate lacks B or C. Add it.',
    ],
    [`This element is not expected.`, 'element order', 'Rate may not stand here, or not again. Take it out.'],
    [
      `Character content other than whitespace is not allowed because the content type is 'element-only'.`,
      'element-only',
      'Rate has text beside its elements. Take the text out.',
    ],
    [
      `Element content is not allowed, because the type definition is simple.`,
      'no child elements',
      'Rate has elements in it where a value alone may stand. Take them out.',
    ],
    [
      `The element is not 'nillable'.`,
      'nillable',
      'Rate may not be marked as having no value (xsi:nil). Take the mark out.',
    ],
    [`Something that nobody has seen.`, 'schema', 'Rate does not keep the schema: Something that nobody has seen.'],
  ])('%s', (message, rule, sentence) => {
    expect(schemaFault(`Element '{urn:a}Rate': ${message}`, said)).toMatchObject({ rule, sentence })
  })

  it('says how many more values there would be in a long list', () => {
    const set = Array.from({ length: 30 }, (_each, number) => `'C${number}'`).join(', ')
    const message = `Element 'x': [facet 'enumeration'] The value 'y' is not an element of the set {${set}}.`
    expect(schemaFault(message, said).sentence).toContain("'C19' and 10 more; it says")
  })
})
