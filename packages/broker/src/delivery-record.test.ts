import { expect, it } from 'vitest'
import { deliveryRecords, type Outcome } from './delivery-record.ts'
import { ReferenceNumbers } from './reference-numbers.ts'
import { memoryStores } from './testing/memory-stores.ts'
import { deliveryTopic } from './topics.ts'

it('tells of a batch of any size, whatever its receiver said, in records that the log takes', async () => {
  await using stores = await memoryStores()
  const long = '€'.repeat(300_000)
  const outcomes = Array.from({ length: 10_000 }, (_, index): Outcome => {
    return {
      messageId: `${'0'.repeat(64)}-${index}`,
      state: 'refused',
      batchId: 'b',
      code: long,
      reason: long,
      proof: long,
    }
  })
  const now = () => new Date('2026-03-01T00:00:00Z')
  const references = new ReferenceNumbers(stores.log)
  const records = await deliveryRecords(outcomes, {
    receiver: 'r.voa',
    route: 'r',
    authority: 'X99000001',
    now,
    references,
  })
  await stores.log.append(records)
  const told = records.flatMap(({ value }) => JSON.parse(new TextDecoder().decode(value ?? new Uint8Array())).outcomes)
  expect(told.map(({ messageId }) => messageId)).toEqual(outcomes.map(({ messageId }) => messageId))
  expect((await stores.log.ranges(deliveryTopic))[0]?.end).toBe(25)
})
