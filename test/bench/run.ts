// `npm run bench [name…]`: prints a table and keeps the figures as JSON in test/bench/results.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Row } from './row.ts'

const benches = ['log', 'formats', 'valuebill', 'ledger', 'journey', 'door', 'tell-us-once', 'cost-apart']

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !benches.includes(name))
if (unknown.length > 0) {
  console.error(`No bench ${unknown.join(', ')}. There are: ${benches.join(', ')}.`)
  process.exit(2)
}
const rows: Row[] = []
for (const name of benches) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.error(`${name} …`)
  rows.push(...(await rowsOf(name)))
}

async function rowsOf(name: string): Promise<readonly Row[]> {
  const child = fork(fileURLToPath(new URL('./bench-process.ts', import.meta.url)), [name])
  const found: Row[] = []
  child.on('message', (told: Row[]) => found.push(...told))
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new TypeError(`the bench ${name} ended with ${code}`)
  return found
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
