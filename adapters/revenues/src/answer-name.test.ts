import { expect, it } from 'vitest'
import { answerName } from './answer-name.ts'

const digest = '0123456789abcdef'.repeat(4)

it('is the name of the file and the beginning of its digest', () => {
  expect(answerName({ fileName: 'Räthe 🏠 (2).xml', digest })).toBe('Räthe 🏠 (2).xml.01234567')
})

it.each([
  ['..\\..\\up.xml', '.._.._up.xml.01234567'],
  ['../up.xml', '.._up.xml.01234567'],
  ['a\\u{a}b.xml', 'a_u{a}b.xml.01234567'],
  ['C:*?"<>|.xml', 'C_______.xml.01234567'],
  ['a\u0007\u202eb.xml', 'a__b.xml.01234567'],
])('has nothing in it that a system could act on: %j', (fileName, name) => {
  expect(answerName({ fileName, digest })).toBe(name)
})

it.each(['x', '町', '🏠', 'é'])('is short enough for every file system, and cuts no character: %s', (character) => {
  const name = answerName({ fileName: character.repeat(300), digest })
  expect(Buffer.byteLength(name)).toBeLessThan(180)
  expect(name.isWellFormed()).toBe(true)
  expect(name.endsWith(`${character}.01234567`)).toBe(true)
})
