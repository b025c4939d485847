// Runs what `npm test` runs in a reduced number, all of it: kills, power cuts. Takes the better part of an hour.
//   npm run resilience                                    everything
//   npm run resilience -- power-cut                       the files whose name has this in it
//   PORTREEVE_RESILIENCE_SEED=4711 npm run resilience     a run that has been seen to fail, again
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const seed = process.env.PORTREEVE_RESILIENCE_SEED ?? String(randomInt(1, 1_000_000_000))
const filters = process.argv.slice(2).map((name) => join('test/resilience', name))

console.log(`Kills and power cuts at full size, seed ${seed}. Each test says how far it has got.`)
const began = Date.now()
// One after the other: the moments of the kills should fall within the work, not within waiting for a processor.
const alone = [
  '--project',
  'all',
  '--no-file-parallelism',
  ...(filters.length > 0 ? filters : ['test/resilience', 'test/system/large-file']),
]
const status = vitest(alone) || vitest(['--project', 'on Kafka', '--passWithNoTests', ...filters])
const minutes = ((Date.now() - began) / 60_000).toFixed(1)
if (status === 0) console.log(`All kept its promises, in ${minutes} minutes.`)
else console.error(`Something broke its promise, after ${minutes} minutes. Again: PORTREEVE_RESILIENCE_SEED=${seed}`)
process.exit(status)

function vitest(words: readonly string[]): number {
  const env = {
    ...process.env,
    PORTREEVE_RESILIENCE: 'full',
    PORTREEVE_RESILIENCE_SEED: seed,
    NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
  }
  const program = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=verbose']
  return spawnSync(process.execPath, [...program, ...words], { cwd: root, stdio: 'inherit', env }).status ?? 1
}
