import { execFileSync } from 'node:child_process'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importsOf, type Package, packages, root, type SourceFile } from '../support/source-files.ts'
import {
  compositionRoot,
  engineFile,
  hiddenLibraries,
  isEngine,
  isEngineOrAdapter,
  isStandInOrTest,
  rooms,
} from './rooms.ts'

const all = packages()
const files = all.flatMap((package_) => package_.files.map((file) => ({ package_, file })))

describe('arrows point to lower tiers', () => {
  it('looks at every package and every file that git knows', () => {
    const listed = execFileSync('git', ['ls-files', 'packages/**/*.ts', 'adapters/**/*.ts'], {
      cwd: root,
      encoding: 'utf8',
    })
    const seen = new Set(files.map(({ file }) => file.path))
    expect(listed.split('\n').filter((path) => path !== '' && !seen.has(path))).toEqual([])
    expect(all.length).toBeGreaterThanOrEqual(Object.keys(rooms).length)
    console.log(`read ${files.length} files of ${all.length} packages`)
  })

  it('gives every package a row, and every row a package', () => {
    expect(all.map(({ name }) => name).sort()).toEqual(Object.keys(rooms).sort())
  })

  it('lets a package import only what its row allows', () => {
    expect(
      files.flatMap(({ package_, file }) => importsOf(file).flatMap((name) => verdict(package_, file, name))),
    ).toEqual([])
  })

  it('finds in each package.json just what is imported', () => {
    expect(all.flatMap(manifestFaults)).toEqual([])
  })

  it('closes the inner rooms of every package', () => {
    expect(all.filter((package_) => package_.exports['./internal/*'] !== null).map(({ name }) => name)).toEqual([])
  })
})

describe('the check itself', () => {
  const plant = (name: string, text: string, place = 'planted.ts') => {
    const package_ = all.find((candidate) => candidate.name === name)
    if (!package_) throw new Error(`no package ${name}`)
    const file = { path: `${package_.folder}/src/${place}`, text }
    return importsOf(file).flatMap((imported) => verdict(package_, file, imported))
  }

  it('sees a type-only import of the log in an adapter', () => {
    expect(plant('adapter-valuebill', "import type { Log } from '@portreeve/log'")).toHaveLength(1)
  })

  it('sees a path that climbs into another room', () => {
    expect(plant('core', "export * from '../../errors/src/catalogue.ts'")).toHaveLength(1)
  })

  it('sees a dynamic import of an engine outside the composition root', () => {
    expect(plant('ledger', "const log = await import('@portreeve/log-sqlite')")).toHaveLength(1)
  })

  it('sees an engine named in another file of the composition root than the one for it', () => {
    const text = "import type { FreezableLog } from '@portreeve/log-sqlite'"
    expect(plant('broker', text)).toEqual([expect.stringContaining('only packages/broker/src/engines.ts')])
    expect(plant('broker', text, 'engines.ts')).toEqual([])
    expect(plant('broker', text, 'testing/memory-stores.ts')).toEqual([])
  })

  it('sees an import within a tier and one upwards', () => {
    expect(plant('model', "import { x } from '@portreeve/formats'")).toHaveLength(1)
    expect(plant('errors', "import {\n  type x,\n} from '@portreeve/model'")).toHaveLength(1)
  })

  it.each(Object.keys(hiddenLibraries))(
    'sees %s outside the room that hides it, but in a stand-in or a test',
    (library) => {
      const text = `const library = await import('${library}/lib/inner.mjs')`
      const room = hiddenLibraries[library] ?? ''
      expect(plant('adapter-valuebill', text)).toEqual([expect.stringContaining(`ask @portreeve/${room}`)])
      expect(plant('cli', `import type { Parser } from '${library}'`, 'render/fake-system-page.ts')).toHaveLength(1)
      for (const place of ['fake-system.ts', 'fake-system/judge.ts', 'planted.test.ts']) {
        expect(plant('adapter-valuebill', text, place)).toEqual([])
      }
      expect(plant(room, text)).toEqual([])
    },
  )
})

function verdict(package_: Package, file: SourceFile, imported: string): string[] {
  if (imported.startsWith('.')) {
    const target = posix.normalize(posix.join(posix.dirname(file.path), imported))
    const inTestSupport = file.path.endsWith('.test.ts') && target.startsWith('test/support/')
    return target.startsWith(`${package_.folder}/`) || inTestSupport
      ? []
      : [`${file.path} climbs out of its room to ${target}: import @portreeve/… through its exports`]
  }
  const hiddenIn = hiddenLibraries[libraryOf(imported)]
  if (hiddenIn !== undefined && hiddenIn !== package_.name && !isStandInOrTest(file.path)) {
    return [
      `${file.path} imports ${imported}: only ${hiddenIn} knows it; ask @portreeve/${hiddenIn} for what it does, or add that there`,
    ]
  }
  const room = imported.match(/^@portreeve\/([^/]+)/)?.[1]
  if (room === undefined || room === package_.name) return []
  const target = rooms[room]
  const own = rooms[package_.name]
  if (!target || !own) return [`${file.path} imports ${imported}: no row for it in test/architecture/rooms.ts`]
  if (own.only && !own.only.includes(room)) {
    return [
      `${file.path} imports ${imported}: ${package_.name} may see only ${own.only.join(', ')}; let broker hand it over`,
    ]
  }
  if (!own.only && isEngineOrAdapter(room) && package_.name !== compositionRoot) {
    return [`${file.path} imports ${imported}: only ${compositionRoot} names engines and adapters`]
  }
  if (isEngine(room) && package_.name === compositionRoot && file.path !== engineFile && !isStandInOrTest(file.path)) {
    return [`${file.path} imports ${imported}: only ${engineFile} names engines; import what you need from there`]
  }
  return target.tier < own.tier
    ? []
    : [`${file.path} (tier ${own.tier}) imports ${imported} (tier ${target.tier}): move the code to a room above both`]
}

function libraryOf(imported: string): string {
  const parts = imported.split('/')
  return parts.slice(0, imported.startsWith('@') ? 2 : 1).join('/')
}

function manifestFaults(package_: Package): string[] {
  const imported = new Set(
    package_.files
      .flatMap(importsOf)
      .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
      .map(libraryOf)
      .filter((name) => name !== `@portreeve/${package_.name}`),
  )
  // Of tests: the root names them.
  const everywhere = new Set(['vitest', 'fast-check', 'csv-parse'])
  const declared = new Set(package_.dependencies)
  return [
    ...[...imported]
      .filter((name) => !declared.has(name) && !everywhere.has(name))
      .map((name) => `${package_.name} imports ${name} but package.json does not name it`),
    ...[...declared]
      .filter((name) => !imported.has(name))
      .map((name) => `${package_.name} names ${name} in package.json but does not import it`),
  ]
}
