// `npm run bench [name…]`: prints a table and keeps the figures as JSON in test/bench/results.
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { benchFormats } from './formats.ts'
import { benchJourney } from './journey.ts'
import { benchLedger } from './ledger.ts'
import { benchLog } from './log.ts'
import type { Row } from './row.ts'
import { benchValuebill } from './valuebill.ts'

const benches: Readonly<Record<string, () => Promise<Row[]>>> = {
  log: benchLog,
  formats: benchFormats,
  valuebill: benchValuebill,
  ledger: benchLedger,
  journey: benchJourney,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !Object.hasOwn(benches, name))
if (unknown.length > 0) {
  console.error(`No bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`)
  process.exit(2)
}
const rows: Row[] = []
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.error(`${name} …`)
  rows.push(...(await bench()))
}

const width = Math.max(...rows.map(({ name }) => name.length))
for (const { name, value, unit, note } of rows) {
  console.log(`${name.padEnd(width)}  ${value.toLocaleString('en-GB').padStart(12)} ${unit.padEnd(18)} ${note ?? ''}`)
}
const folder = fileURLToPath(new URL('./results/', import.meta.url))
await mkdir(folder, { recursive: true })
const at = new Date().toISOString()
const machine = { node: process.version, cores: cpus().length, processor: cpus()[0]?.model ?? '' }
const file = `${at.slice(0, 19).replaceAll(':', '-')}.local.json`
await writeFile(`${folder}${file}`, `${JSON.stringify({ at, machine, rows }, null, 2)}\n`)
console.error(`kept as test/bench/results/${file}`)
