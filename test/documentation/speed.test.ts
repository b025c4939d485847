import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { benchNames, merged, newestBaseline, type Result, readResult } from '../bench/result.ts'
import { speedPage } from '../bench/speed-page.ts'
import { root } from '../support/source-files.ts'

const page = readFileSync(join(root, 'docs/speed.md'), 'utf8')
const file = newestBaseline()
const baseline = readResult(file)
const machine = { node: 'v24.0.0', cores: 2, processor: 'abacus' }
const bench = (value: number) => ({ at: '2026-01-02T03:04:05Z', load: 0, rows: [{ name: 'x: y', value, unit: 'ms' }] })

describe('docs/speed.md', () => {
  it('says what the newest base line says (npm run bench -- --keep)', () => {
    expect(page).toBe(speedPage(page, file, baseline))
  })

  it('has the figures of every bench once', () => {
    expect(Object.keys(baseline.benches)).toEqual([...benchNames])
    const shown = [...page.matchAll(/<!-- bench: figures (.*) -->/g)].flatMap(([, names = '']) => names.split(' '))
    expect(shown).toEqual([...benchNames])
  })

  it('is told of a mark that names no bench, and of one without an end', () => {
    const text = (mark: string) => `${mark}\n<!-- bench end -->\n`
    expect(() => speedPage(text('<!-- bench: figures leger -->'), file, baseline)).toThrow('no bench leger')
    expect(() => speedPage(text('<!-- bench: figurs ledger -->'), file, baseline)).toThrow('no mark figurs')
    expect(() => speedPage('<!-- bench: taken -->\n', file, baseline)).toThrow('no end')
  })
})

describe('a base line', () => {
  const kept: Result = { machine, benches: { log: bench(1), door: bench(2) } }

  it('takes over what was not measured anew, in the order in which benches run', () => {
    const { benches } = merged(kept, { machine, benches: { journey: bench(3), door: bench(4) } })
    expect(Object.entries(benches).map(([name, { rows }]) => [name, rows[0]?.value])).toEqual([
      ['log', 1],
      ['journey', 3],
      ['door', 4],
    ])
  })

  it('never mixes two machines', () => {
    const other = { ...machine, cores: 64 }
    expect(() => merged(kept, { machine: other, benches: { door: bench(3) } })).toThrow('measure log here, too')
    expect(merged(kept, { machine: other, benches: { log: bench(3), door: bench(4) } }).machine.cores).toBe(64)
  })
})
