import { expect } from 'vitest'
import type { FlaggedPromise } from '../log-promise.ts'
import { numbered, textRecord } from '../records.ts'
import type { Subject } from '../subject.ts'
import { atLeast, finishAll, isCountOf } from '../subject.ts'

/** "Môn" counts four bytes. */
const longest = 'Môn!'.repeat(819)

export const positionMetadata: FlaggedPromise = {
  flag: 'positionMetadata',
  whenTrue: {
    title: 'hands out what a write set left with its position, over restarts too, and forgets it with the next one',
    async run(subject) {
      expect(await metadataSeen(subject)).toEqual([null, 'step 1', longest, null])
    },
  },
  whenFalse: {
    title: 'hands out no metadata',
    async run(subject) {
      expect(await metadataSeen(subject)).toEqual([null, null, null, null])
    },
  },
}

export const metadataTooLarge: FlaggedPromise = {
  flag: 'positionMetadata',
  whenTrue: {
    title: 'refuses metadata of more than 4,096 bytes, with all of the write set',
    async run(subject) {
      const topic = await subject.topic('metadata-large')
      const group = subject.unique('metadata-large')
      await subject.log.append([textRecord(topic, null, 'v0')])
      const consumer = subject.log.consume({ group, topics: [topic] }, async () => {
        return { append: [textRecord(topic, null, 'lost')], finished: 1, metadata: `${longest}!!` }
      })
      await expect(subject.within(consumer.done, 'the consumer to end')).rejects.toMatchObject({
        code: 'PRV_LOG_METADATA_TOO_LARGE',
      })
      expect((await subject.everything(topic)).length).toBe(1)
      expect(await subject.log.lag(group, topic)).toSatisfy(isCountOf(subject, 1))
    },
  },
  whenFalse: {
    title: 'does not keep metadata with positions',
    async run(subject) {
      const topic = await subject.topic('metadata-none')
      const group = subject.unique('metadata-none')
      await subject.log.append([textRecord(topic, null, 'v0')])
      await subject.consumeUntil({ group, topics: [topic] }, atLeast(1), async () => {
        return { append: [], finished: 1, metadata: 'lost' }
      })
      expect(await subject.log.positions(group)).toMatchObject([{ metadata: null }])
    },
  },
}

/** The metadata of four batches: a new one, behind a step, behind a finished record, and behind a plain write set. */
async function metadataSeen(subject: Subject): Promise<(string | null)[]> {
  const topic = await subject.topic('metadata')
  const options = { group: subject.unique('metadata'), topics: [topic] }
  await subject.log.append(numbered(3).map((value) => textRecord(topic, null, value)))
  const seen: (string | null)[] = []
  await subject.consumeUntil(options, atLeast(6), async (batch) => {
    seen.push(batch.metadata)
    return seen.length === 1
      ? { append: [], finished: 0, metadata: 'step 1' }
      : { append: [], finished: 1, metadata: longest }
  })
  const stored = await subject.log.positions(options.group)
  expect(stored.map(({ metadata }) => metadata)).toEqual([subject.capabilities.positionMetadata ? longest : null])
  if (subject.capabilities.durable) await subject.reopen()
  await subject.consumeUntil(options, atLeast(2), async (batch) => {
    seen.push(batch.metadata)
    return finishAll(batch)
  })
  await subject.log.append([textRecord(topic, null, 'v3')])
  await subject.consumeUntil(options, atLeast(1), async (batch) => {
    seen.push(batch.metadata)
    return finishAll(batch)
  })
  return seen
}
