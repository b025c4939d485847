import { expect, it } from 'vitest'
import { fewestPromises, memoryHarness } from './contract/memory-harness.ts'
import { hasRecordsFrom } from './has-records.ts'

it('finds a record that has yet to be read, and none behind the last one, though offsets go on there', async () => {
  await using log = await memoryHarness({ capabilities: fewestPromises }).open()
  await log.createTopic({ name: 'gaps' })
  const [position] = await log.append([{ topic: 'gaps', key: null, value: Buffer.from('one'), headers: [] }])
  const first = position?.offset ?? 0
  const [range = { partition: 0, start: 0, end: 0 }] = await log.ranges('gaps')
  const end = first + 10
  expect(await hasRecordsFrom(log, 'gaps', { ...range, end }, 0)).toBe(true)
  expect(await hasRecordsFrom(log, 'gaps', { ...range, end }, first)).toBe(true)
  expect(await hasRecordsFrom(log, 'gaps', range, range.end)).toBe(false)
  const behind = await log.read({ topic: 'gaps', partition: 0, from: first })
  const gap = { read: async () => ({ records: [], next: behind.next }) }
  expect(await hasRecordsFrom(gap, 'gaps', { ...range, end }, behind.next)).toBe(false)
})
