import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packages, root } from '../support/source-files.ts'
import { rooms } from './rooms.ts'

const sources = packages()
  .flatMap(({ files }) => files)
  .filter(({ path }) => path.includes('/src/') && !/\.test\.ts$|\/(contract|testing)\//.test(path))
const sizes = sources.map(({ text }) => text.split('\n').length).sort((a, b) => a - b)
const quantile = (part: number) => sizes[Math.floor(sizes.length * part)] ?? 0

describe('files stay small and findable', () => {
  it('keeps the median at 80 lines and nine in ten at 200', () => {
    expect(quantile(0.5)).toBeLessThanOrEqual(80)
    expect(quantile(0.9)).toBeLessThanOrEqual(200)
  })

  it('explains at its top every file of more than 300 lines', () => {
    const long = sources.filter(({ text }) => text.split('\n').length > 300 && !/^\/[/*].*long because/i.test(text))
    expect(long.map(({ path }) => path)).toEqual([])
  })

  it('names no file after what it is not', () => {
    const vague = /(^|[-/.])(utils?|helpers?|common|misc|manager)([-/.]|$)/i
    // Hohpe & Woolf's name of the pattern.
    const named = (path: string) => path.endsWith('/process-manager.ts')
    expect(sources.filter(({ path }) => vague.test(path) && !named(path)).map(({ path }) => path)).toEqual([])
  })

  it('throws catalogued errors only, but where a programmer erred', () => {
    const bare = sources.filter(({ text }) => /throw new Error\(/.test(text))
    expect(bare.map(({ path }) => path)).toEqual([])
  })

  it('leaves what differs between councils to configuration', () => {
    const council = /\b(E0[6-9]|W06|S12|N09)\d{6}\b/
    const named = sources.filter(({ text }) => council.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')))
    expect(named.map(({ path }) => path)).toEqual([])
  })

  it('shows each room on the map of README.md, and no other', () => {
    const [, map = ''] = readFileSync(join(root, 'README.md'), 'utf8').split('## The map')
    const cells = map.split('\n').flatMap((line) => /^\| (`(?:packages|adapters)\/.*?) \|/.exec(line)?.[1] ?? [])
    const shown = cells.flatMap((cell) => {
      const prefix = cell.startsWith('`adapters/') ? 'adapter-' : ''
      return [...cell.matchAll(/`(?:\w+\/)?([\w-]+)`/g)].map(([, name]) => `${prefix}${name}`)
    })
    expect(shown.sort()).toEqual(Object.keys(rooms).sort())
  })
})
