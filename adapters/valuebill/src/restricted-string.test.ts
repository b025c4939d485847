import { expect, it } from 'vitest'
import { foreignCharacter } from './restricted-string.ts'

it('takes what the schema takes', () => {
  expect(foreignCharacter('Az09 \t\n~!"@#$%&\'()*+,-./:;<=>?[\\]_{}^£€')).toBeUndefined()
})

it.each(['\u00a0', '|', '`', '¬', 'Ŵ', 'é', '–', '’', '\u{1f3e0}'])('does not take %s', (character) => {
  expect(foreignCharacter(`7 QUAY${character} LANE`)).toBe(character)
})
