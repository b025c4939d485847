import { describe, expect, it } from 'vitest'
import { familyKey, givenKey, givenNamesAgree } from './names.ts'

describe('a family name', () => {
  it.each([
    ["O'Synthetic", 'O’SYNTHETIC'],
    ["O'Synthetic", ' o synthetic '],
    ['Müller', 'MULLER'],
    ['Mu\u0308ller', 'M\u00fcller'],
    ['Strauß', 'Strauss'],
    ['Ørsted', 'orsted'],
    ['Łoś', 'LOS'],
    ['Ŵyn-Sample', 'Wyn Sample'],
    ['DE LA SAMPLE', 'Delasample'],
    ['İnan', 'Inan'],
    ['町田', ' 町田'],
  ])('%j is %j', (one, other) => expect(familyKey(one)).toBe(familyKey(other)))

  it.each([
    ['Sampleby', 'Samplebury'],
    ['町田', '田町'],
  ])('%j is not %j', (one, other) => expect(familyKey(one)).not.toBe(familyKey(other)))
})

describe('given names', () => {
  it.each([
    ['Wilhelmina Ada', 'Wilhelmina', true],
    ['wilhelmina', 'WILHELMINA ADA', true],
    ['Mary-Jane', 'Mary Jane', true],
    ['Zoë', 'Zoe', true],
    ['J.R.', 'J R', true],
    ['Wilhelmina Ada', 'Ada', false],
    ['Wil', 'Wilhelmina', false],
    ['Ada', 'Bea', false],
    ['', 'Ada', false],
    ['-', "'", false],
  ])('%j and %j may be the same: %s', (one, other, agree) => {
    expect(givenNamesAgree(givenKey(one), givenKey(other))).toBe(agree)
    expect(givenNamesAgree(givenKey(other), givenKey(one))).toBe(agree)
  })
})
