import { expect, it } from 'vitest'
import { isTemporaryName, shownFileName, shownPath } from './file-name.ts'

it.each([
  ['.march.xml'],
  ['march.xml.part'],
  ['march.PART'],
  ['march.tmp'],
  ['march.xml~'],
  ['~', true],
  ['march.xml', false],
  ['part.xml', false],
  ['march.parts', false],
  ['tmp', false],
])('%s is the name of an unfinished file: %s', (name, expected = true) => {
  expect(isTemporaryName(name)).toBe(expected)
})

it.each([
  ['a newline', 'a\nb', 'a\\u{a}b'],
  ['what moves the cursor', 'a\u001b[2Jb', 'a\\u{1b}[2Jb'],
  ['what turns the text round', 'a\u202eb', 'a\\u{202e}b'],
  ['half a surrogate pair', 'a\ud800b', 'a\\u{d800}b'],
  ['a way out of the folder', '../a', '..\\u{2f}a'],
])('shows %s so that nothing acts', (_what, name, shown) => {
  expect(shownFileName(name)).toBe(shown)
})

it('shows letters of any language as they are, and the folders of a path', () => {
  expect(shownFileName('Bücher 町 🏠.xml')).toBe('Bücher 町 🏠.xml')
  expect(shownPath('/srv/in\nbox/a.xml')).toBe('/srv/in\\u{a}box/a.xml')
})
