// A program of its own, to be traced: several bodies at a time go into a claim check. What it reports on file descriptor
// 3 was promised: a digest only after `put` has resolved.
import { createHash } from 'node:crypto'
import { mkdirSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { openClaimCheck } from '@portreeve/claim-check'
import { SeededRandom } from '../../support/seeded-random.ts'
import type { ClaimWorkload } from './workload-options.ts'

const AT_A_TIME = 4
/** How far behind its acknowledgement the unsafe workload writes. */
const WRITTEN_BEHIND_MS = 30

const workload: ClaimWorkload = JSON.parse(process.argv[2] ?? '')
const random = new SeededRandom(`${workload.seed} bodies ${workload.run}`)
if (workload.findsFolder) mkdirSync(workload.folder, { recursive: true })
const claims = await openClaimCheck({ folder: workload.folder })
let begun = 0

function chunksOf(body: number): Buffer[] {
  const chunks = Array.from({ length: random.integer(1, 4) }, () => random.integer(1, 20_000))
  return chunks.map((bytes, i) => Buffer.alloc(bytes, `body ${body} of run ${workload.run}, chunk ${i} `))
}

function acknowledge(digest: string): void {
  writeSync(3, `acknowledged ${digest}\n`)
}

async function putOne(chunks: readonly Buffer[]): Promise<void> {
  if (workload.acknowledgesTooEarly) {
    acknowledge(createHash('sha256').update(Buffer.concat(chunks)).digest('hex'))
    await sleep(WRITTEN_BEHIND_MS)
  }
  const { digest } = await claims.put(ReadableStream.from(chunks))
  if (!workload.acknowledgesTooEarly) acknowledge(digest)
}

async function putMany(): Promise<void> {
  while (begun < workload.bodies) {
    const put = putOne(chunksOf(begun++))
    if (begun >= (workload.killsItselfAt ?? Infinity)) process.kill(process.pid, 'SIGKILL')
    await put
  }
}

await Promise.all(Array.from({ length: AT_A_TIME }, putMany))
