import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import { adapters } from '@portreeve/broker'
import { describe, expect, it } from 'vitest'
import { packages, root } from '../support/source-files.ts'

type Declared = Pick<AdapterDeclaration, 'capabilities' | 'config' | 'errors'>

/** Files of an adapter's `src` that have the same name everywhere, and which adapters have them: those and no others. */
const files: Readonly<Record<string, (declared: Declared) => boolean>> = {
  'index.ts': () => true,
  'vendor-types.ts': () => true,
  'fake-system.ts': () => true,
  'contract.test.ts': () => true,
  'golden.test.ts': () => true,
  'errors.ts': ({ errors }) => errors.length > 0,
  'errors.test.ts': ({ errors }) => errors.length > 0,
  'client.ts': ({ config }) => 'baseUrl' in config.properties || 'databaseUrl' in config.properties,
  'to-canonical.ts': ({ capabilities: { poll, receive } }) => poll || receive,
  'from-canonical.ts': ({ capabilities: { send } }) => send,
}

function faults(declared: Declared, there: readonly string[]): readonly string[] {
  return Object.entries(files).flatMap(([file, needed]) => {
    if (needed(declared) === there.includes(file)) return []
    return needed(declared) ? `${file} is missing` : `${file} stands for what is not declared`
  })
}

describe('an adapter', () => {
  it('is declared, each that has a folder', () => {
    const folders = packages().filter(({ folder }) => folder.startsWith('adapters/'))
    expect(folders.map(({ folder }) => folder).sort()).toEqual(adapters.map(({ name }) => `adapters/${name}`).sort())
  })

  it.each(adapters)('has the file names that its capabilities ask for: $name', (declared) => {
    expect(faults(declared, readdirSync(join(root, 'adapters', declared.name, 'src')))).toEqual([])
  })

  it.each(adapters)('has golden cases, each with a sentence and what is expected: $name', ({ name }) => {
    const folder = join(root, 'adapters', name, 'golden')
    const cases = existsSync(folder) ? readdirSync(folder) : []
    expect(cases.length).toBeGreaterThan(0)
    for (const each of cases) {
      const [first, ...more] = readdirSync(join(folder, each)).sort()
      expect([first, ...more.map((file) => file.replace(/\..*/, ''))], each).toEqual(['case.md', 'expected', 'input'])
    }
  })

  it('is told of these names by the page on writing one', () => {
    const page = readFileSync(join(root, 'docs/how-to/write-an-adapter.md'), 'utf8')
    expect(Object.keys(files).filter((file) => !page.includes(`\`${file}\``))).toEqual([])
  })
})

describe('the check itself', () => {
  const [declared] = adapters
  if (!declared) throw new Error('no adapter')
  const capabilities = { poll: false, receive: false, send: false, idempotentSend: false, lookup: false }

  it('misses a file, and sees one too many', () => {
    const given = ['index.ts', 'vendor-types.ts', 'fake-system.ts', 'contract.test.ts', 'golden.test.ts', 'other.ts']
    const none = { capabilities, errors: [], config: { ...declared.config, properties: {} } }
    expect(faults(none, given)).toEqual([])
    expect(faults(none, given.slice(1))).toEqual(['index.ts is missing'])
    expect(faults(none, [...given, 'client.ts'])).toEqual(['client.ts stands for what is not declared'])
    expect(faults({ ...none, capabilities: { ...capabilities, send: true } }, given)).toEqual([
      'from-canonical.ts is missing',
    ])
  })
})
