import { expect } from 'vitest'
import type { FlaggedPromise } from '../log-promise.ts'
import { numbered, textRecord, values } from '../records.ts'
import { finishAll } from '../subject.ts'

export const sharedByProcesses: FlaggedPromise = {
  flag: 'sharedByProcesses',
  whenTrue: {
    title: 'may be opened several times at once: a group is shared, and each sees what the other appends',
    async run(subject) {
      const topic = await subject.topic('beside', { partitions: 2 })
      if (subject.harness.openBeside === undefined) throw new TypeError('the harness has no openBeside')
      await using other = await subject.harness.openBeside(subject.log)
      const handed: (string | null)[] = []
      const all = Promise.withResolvers<void>()
      const consumers = [subject.log, other].map((log) =>
        log.consume({ group: subject.unique('beside'), topics: [topic] }, async (batch) => {
          handed.push(...values(batch.records))
          if (new Set(handed).size === 20) all.resolve()
          return finishAll(batch)
        }),
      )
      const records = numbered(20).map((value, index) => ({ ...textRecord(topic, null, value), partition: index % 2 }))
      await subject.log.append(records.slice(0, 10))
      await other.append(records.slice(10))
      await subject.within(all.promise, 'every record to be handed to one of the two')
      await Promise.all(consumers.map((consumer) => consumer.stop()))
      expect((await subject.everything(topic, 0)).length + (await subject.everything(topic, 1)).length).toBe(20)
    },
  },
  whenFalse: {
    title: 'tells a second one who opens the same data that they are in use, and goes on',
    async run(subject) {
      const topic = await subject.topic('beside')
      const beside = subject.harness.openBeside?.(subject.log)
      if (beside !== undefined) await expect(beside).rejects.toMatchObject({ code: 'PRV_LOG_FOLDER_OWNED' })
      await subject.log.append([textRecord(topic, null, 'still mine')])
      expect(values(await subject.everything(topic))).toEqual(['still mine'])
    },
  },
}
