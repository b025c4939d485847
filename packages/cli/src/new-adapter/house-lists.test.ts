import { describe, expect, it } from 'vitest'
import { houseLists, identifierOf } from './house-lists.ts'

const listAt = (path: string, name = 'notice-board') => {
  const list = houseLists({ name, summary: 'Puts up a|b.' }).find((each) => each.path === path)
  if (!list) throw new TypeError(`no list ${path}`)
  return list
}

describe('a list of the house', () => {
  it.each([
    ['first', 'apples', ['apples', 'mail', 'revenues']],
    ['between', 'notices', ['mail', 'notices', 'revenues']],
    ['last', 'zebras', ['mail', 'revenues', 'zebras']],
  ])('takes the new adapter in its place in the alphabet: %s', (_place, name, expected) => {
    const before =
      "import mail from '@portreeve/adapter-mail'\nimport revenues from '@portreeve/adapter-revenues'\n\n[\n  mail,\n  revenues,\n]\n"
    const after = listAt('packages/broker/src/adapters.ts', name).added(before) ?? ''
    expect([...after.matchAll(/adapter-(\w+)'/g)].map(([, found]) => found)).toEqual(expected)
    expect([...after.matchAll(/^ {2}(\w+),/gm)].map(([, found]) => found)).toEqual(expected)
  })

  it('keeps what else stands in a package.json', () => {
    const before = { name: 'x', dependencies: { '@portreeve/adapter-mail': 'workspace:*', typebox: '1.0.0' } }
    const after = listAt('packages/broker/package.json').added(JSON.stringify(before)) ?? ''
    expect(JSON.parse(after)).toEqual({
      name: 'x',
      dependencies: { ...before.dependencies, '@portreeve/adapter-notice-board': 'workspace:*' },
    })
  })

  it('does not break a table by what the adapter is said to do', () => {
    expect(listAt('README.md').added('| `adapters/mail` | e-mail |\n')).toBe(
      '| `adapters/mail` | e-mail |\n| `adapters/notice-board` | Puts up a\\|b |\n',
    )
  })

  it('stays as it is when the adapter stands there already', () => {
    const once = listAt('README.md').added('| `adapters/mail` | e-mail |\n') ?? ''
    expect(listAt('README.md').added(once)).toBe(once)
  })

  it.each(['packages/broker/src/adapters.ts', 'test/architecture/rooms.ts', 'README.md'])(
    'says that it has no place when it does not look as expected: %s',
    (path) => expect(listAt(path).added('// empty\n')).toBeNull(),
  )
})

describe('the name of an adapter in the code', () => {
  it.each([
    ['notice-board', 'noticeBoard'],
    ['crm-2', 'crm2'],
    ['new', 'newSystem'],
    ['adapters', 'adaptersSystem'],
  ])('%s is %s', (name, identifier) => expect(identifierOf(name)).toBe(identifier))
})
