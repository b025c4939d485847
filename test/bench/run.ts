// `npm run bench [-- [--keep] name…]`: prints a table and keeps the figures as JSON in test/bench/results. With --keep they
// become the base line, and docs/speed.md says them.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { keep } from './keep.ts'
import { type BenchName, benchNames, type Measured, resultsFolder } from './result.ts'
import type { Row } from './row.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { keep: { type: 'boolean' } } })
const unknown = positionals.filter((name) => !benchNames.some((bench) => bench === name))
if (unknown.length > 0) {
  console.error(`No bench ${unknown.join(', ')}. There are: ${benchNames.join(', ')}.`)
  process.exit(2)
}
const at = new Date().toISOString()
const benches: Partial<Record<BenchName, Measured>> = {}
for (const name of benchNames) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  console.error(`${name} …`)
  benches[name] = await measured(name)
}

async function measured(name: BenchName): Promise<Measured> {
  const begun = { at: new Date().toISOString(), load: Math.round((loadavg()[0] ?? 0) * 10) / 10 }
  const child = fork(fileURLToPath(new URL('./bench-process.ts', import.meta.url)), [name])
  const rows: Row[] = []
  child.on('message', (told: Row[]) => rows.push(...told))
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new TypeError(`the bench ${name} ended with ${code}`)
  return { ...begun, rows }
}

const rows = Object.values(benches).flatMap((bench) => bench.rows)
const width = Math.max(...rows.map(({ name }) => name.length))
for (const { name, value, unit, note } of rows) {
  console.log(`${name.padEnd(width)}  ${value.toLocaleString('en-GB').padStart(12)} ${unit.padEnd(18)} ${note ?? ''}`)
}
const machine = { node: process.version, cores: cpus().length, processor: cpus()[0]?.model ?? '' }
const result = { machine, benches }
const file = `${at.slice(0, 19).replaceAll(':', '-')}.local.json`
await writeFile(`${resultsFolder}${file}`, `${JSON.stringify(result, null, 2)}\n`)
console.error(`kept as test/bench/results/${file}`)
if (values.keep) console.error(`and as ${await keep(result, at.slice(0, 10))}, which docs/speed.md says now`)
