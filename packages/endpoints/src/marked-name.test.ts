import { expect, it } from 'vitest'
import { isTemporaryName } from './file-name.ts'
import { markedName } from './marked-name.ts'

it.each([
  ['march.xml', 'march.1f.xml'],
  ['march.2026.xml', 'march.2026.1f.xml'],
  ['march', 'march.1f'],
  ['march.', 'march.1f.'],
  [' ', ' .1f'],
])('puts the mark before the ending of %j', (name, marked) => {
  expect(markedName(name, '1f')).toBe(marked)
})

it.each(['x', 'é', '町', '🏠'])(
  'shortens a name of 255 bytes between two characters, and keeps the ending: %s',
  (character) => {
    const name = `${character.repeat(Math.floor(251 / Buffer.byteLength(character)))}.xml`
    const marked = markedName(name, '0123456789abcdef')
    expect(Buffer.byteLength(marked)).toBeLessThanOrEqual(Buffer.byteLength(name))
    expect(marked.isWellFormed()).toBe(true)
    expect(marked.endsWith(`${character}.0123456789abcdef.xml`)).toBe(true)
  },
)

it('shortens an ending that is no ending, and makes no name that is never taken', () => {
  const name = `a.${'part'.repeat(60)}x`
  const marked = markedName(name, '1f')
  expect(Buffer.byteLength(marked)).toBeLessThanOrEqual(Buffer.byteLength(name))
  expect([marked.endsWith('.1f'), isTemporaryName(marked)]).toEqual([true, false])
})
