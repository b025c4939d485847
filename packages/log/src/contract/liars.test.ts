import { describe, expect, it } from 'vitest'
import { aboutAppending } from './liars/about-appending.ts'
import { aboutConsuming } from './liars/about-consuming.ts'
import { aboutReading } from './liars/about-reading.ts'
import { aboutStopping, wrongFlag } from './liars/about-stopping.ts'
import { aboutTopics } from './liars/about-topics.ts'
import { corrupt, type Liar } from './liars/liar.ts'
import { examine } from './log-contract.ts'
import { type FlaggedPromise, type LogPromise, promiseFor } from './log-promise.ts'
import { everyPromise, memoryHarness } from './memory-harness.ts'
import { compaction } from './promises/compare-topics.ts'
import { durability } from './promises/durability.ts'
import { positionMetadata } from './promises/position-metadata.ts'
import { reclaimsDisk } from './promises/retention.ts'
import { sharedByProcesses } from './promises/sharing.ts'
import { denseOffsets } from './promises/topics.ts'
import { atomicWriteSet, shownTogether } from './promises/write-set.ts'
import { promises } from './promises.ts'

const flags = [durability, atomicWriteSet, shownTogether, positionMetadata, denseOffsets, sharedByProcesses, compaction]
const liars: readonly Liar[] = [
  ...aboutAppending,
  ...aboutReading,
  ...aboutConsuming,
  ...aboutStopping,
  ...aboutTopics,
  ...flags.flatMap((promise) => [wrongFlag(promise, true), wrongFlag(promise, false)]),
  // The other way about is no lie: who gives no space back at once may still do so.
  wrongFlag(reclaimsDisk, false),
]

function brokenBy({ breaks, claims = everyPromise }: Liar): LogPromise {
  return promiseFor(breaks, claims)
}

function examineLiar(liar: Liar): Promise<void> {
  const { claims: capabilities = everyPromise, behaviour = capabilities, does, onReopen } = liar
  const harness = memoryHarness({
    capabilities,
    behaviour,
    patienceMs: 150,
    corrupt: (log) => corrupt(log, does),
    ...(onReopen && { onReopen }),
  })
  return examine(brokenBy(liar), capabilities, harness)
}

describe('the contract suite', () => {
  for (const liar of liars) {
    it(`objects to an engine that ${liar.lie}: "${brokenBy(liar).title}"`, async () => {
      await expect(examineLiar(liar)).rejects.toThrow()
    })
  }

  it('has a liar for every promise, and for both halves of each', () => {
    const halves = (promise: LogPromise | FlaggedPromise) =>
      'flag' in promise ? [promise.whenTrue.title, promise.whenFalse.title] : [promise.title]
    const caught = new Set(liars.map((liar) => brokenBy(liar).title))
    expect(promises.flatMap(halves).filter((title) => !caught.has(title))).toEqual([])
  })

  it('has no two promises of the same title', () => {
    const titles = promises.map((promise) => promiseFor(promise, everyPromise).title)
    expect(titles).toEqual([...new Set(titles)])
  })
})
