// A program of its own, to be traced: batches of changes are handed over to the folder of an electoral system. What it reports
// on file descriptor 3 was promised: the ids of a batch only after `send` has said that they are delivered.
import { writeSync } from 'node:fs'
import { addressUpdate, openElectoral } from './electoral-folders.ts'
import type { ElectoralWorkload } from './workload-options.ts'

const workload: ElectoralWorkload = JSON.parse(process.argv[2] ?? '')
const { folder, run, batches, killsItselfAt = Number.POSITIVE_INFINITY } = workload
const { signal } = new AbortController()
const adapter = await openElectoral(folder)

for (let batch = 1; batch <= batches; batch += 1) {
  const ids = [1, 2, 3].map((number) => `run-${run}-${batch}-${number}`)
  const acknowledge = () => writeSync(3, `delivered ${ids.join(' ')}\n`)
  if (workload.acknowledgesTooEarly) acknowledge()
  const sending = adapter.send?.({ id: `batch-${run}-${batch}`, messages: ids.map(addressUpdate) }, signal)
  if (batch >= killsItselfAt) setImmediate(() => process.kill(process.pid, 'SIGKILL'))
  const outcomes = await sending
  if (!outcomes?.every(({ state }) => state === 'delivered')) throw new Error(JSON.stringify(outcomes))
  if (!workload.acknowledgesTooEarly) acknowledge()
}
