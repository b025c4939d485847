import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageSchemas } from '@portreeve/model'
import { afterAll, describe, expect, it } from 'vitest'
import { WorkingCopy } from '../support/working-copy.ts'
import { type MetricSample, readMetrics } from '../system/support/metrics-text.ts'

const copy = new WorkingCopy()
afterAll(() => copy[Symbol.dispose]())

const types = Object.keys(messageSchemas).filter((type) => !type.startsWith('portreeve.'))
const made = types.map((type, index) => ({ type, name: `made-${index + 1}`, folder: `adapters/made-${index + 1}` }))
const folders = made.map(({ folder }) => folder)
const [first] = made

const portreeve = (...words: readonly string[]) => copy.run('packages/cli/src/main.ts', ...words)
const vitest = (...words: readonly string[]) => copy.run('node_modules/vitest/vitest.mjs', 'run', ...words)

describe('portreeve adapter new', { timeout: 240_000 }, () => {
  it.each(made)('makes an adapter that takes $type', ({ type, name, folder }) => {
    const summary = `Notes of ${name}: what's new, "as it was said" (${type}).`
    const { code, text } = portreeve('adapter', 'new', name, '--type', type, '--summary', summary)
    expect(code, text).toBe(0)
    expect(text).not.toContain('yourself')
    copy.link(folder)
  })

  it('leaves nothing of the template in them, and no file out', () => {
    copy.know()
    for (const { folder, type } of made) {
      const declaration = readFileSync(join(copy.folder, folder, 'src/index.ts'), 'utf8')
      expect(declaration).not.toMatch(/template/)
      expect(readFileSync(join(copy.folder, folder, 'src/from-canonical.ts'), 'utf8')).toContain(`'${type}'`)
      for (const file of ['package.json', 'src/contract.test.ts', 'golden/first/case.md', 'golden/first/input.json']) {
        expect(existsSync(join(copy.folder, folder, file)), file).toBe(true)
      }
    }
  })

  it('makes what compiles', () => {
    const include = [...folders.map((folder) => `${folder}/src`), 'packages/broker/src/adapters.ts']
    writeFileSync(join(copy.folder, 'tsconfig.made.json'), JSON.stringify({ extends: './tsconfig.json', include }))
    const { code, text } = copy.run('node_modules/typescript/bin/tsc', '--noEmit', '--project', 'tsconfig.made.json')
    expect(code, text).toBe(0)
  })

  it('makes what the linter and the formatter leave as it is', () => {
    const lists = ['package.json', 'packages/broker/package.json', 'packages/broker/src/adapters.ts']
    const biome = ['check', '--error-on-warnings', ...folders, ...lists, 'test/architecture/rooms.ts']
    const { code, text } = copy.run('node_modules/@biomejs/biome/bin/biome', ...biome)
    expect(code, text).toBe(0)
  })

  it('makes what passes its contract suite and its golden cases', () => {
    const { code, text } = vitest(...folders.flatMap((folder) => [`${folder}/src/contract`, `${folder}/src/golden`]))
    expect(code, text).toBe(0)
    expect(text).toMatch(new RegExp(`Test Files +${2 * made.length} passed`))
  })

  it('makes what passes its table of faults, and fits the house', () => {
    const generated = copy.run('scripts/docs.ts')
    expect(generated.code, generated.text).toBe(0)
    expect(existsSync(join(copy.folder, `docs/adapters/${first?.name}.md`))).toBe(true)
    const house = ['adapter-files', 'import-direction', 'interchangeable', 'names', 'outside', 'files']
    const { code, text } = vitest(
      `${first?.folder}/src/errors`,
      'test/documentation/generated',
      ...house.map((test) => `test/architecture/${test}.test`),
    )
    expect(code, text).toBe(0)
    expect(text).toMatch(new RegExp(`Test Files +${house.length + 2} passed`))
  })

  it('makes what metrics and health know as a receiver, without a line written for it', () => {
    const name = made.find(({ type }) => type === 'customer.address.changed')?.name ?? ''
    const { code, text } = copy.run('test/documentation/observe-made.ts', name)
    expect(code, text).toBe(0)
    const { started, away, back } = JSON.parse(text)
    const paused = (told: { metrics: string }) => amountOf(told, 'portreeve_receiver_paused')
    expect([started, away, back].map(paused)).toEqual([0, 1, 0])
    expect(amountOf(away, 'portreeve_oldest_waiting_seconds', { state: 'waiting' })).toBeGreaterThan(0)
    expect(amountOf(back, 'portreeve_delivery_outcomes_total', { state: 'delivered' })).toBe(1)
    const well = { status: 'ok', parts: { receivers: 'ok' } }
    expect([started, away, back].map(({ health }) => health)).toMatchObject([
      well,
      { status: 'degraded', parts: { receivers: 'paused' } },
      well,
    ])
  })

  it('makes no second one of a name, and changes nothing then', () => {
    const list = join(copy.folder, 'packages/broker/src/adapters.ts')
    const before = readFileSync(list, 'utf8')
    const { code, text } = portreeve('adapter', 'new', first?.name ?? '')
    expect([code, text]).toEqual([1, expect.stringContaining('PRV_CLI_ADAPTER_EXISTS')])
    expect(readFileSync(list, 'utf8')).toBe(before)
  })
})

/** Of the receiver that the adapter was made into. */
function amountOf({ metrics }: { metrics: string }, metric: string, more: Readonly<Record<string, string>> = {}) {
  const wanted = Object.entries({ route: 'to-office', receiver: 'office', ...more })
  const isOne = ({ name, labels }: MetricSample) => name === metric && wanted.every(([key, is]) => labels[key] === is)
  return readMetrics(metrics).samples.find(isOne)?.value
}
