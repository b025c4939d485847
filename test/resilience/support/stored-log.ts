import type { Log, StoredRecord } from '@portreeve/log'
import { nameOf, nameText, textOf, valueFor } from './workload-record.ts'

/** All records of a topic, partition by partition. What is not as it was written is told in `problems`. */
export async function readTopic(
  log: Log,
  topic: string,
  largeIn: number,
  problems: string[],
): Promise<readonly StoredRecord[]> {
  const all: StoredRecord[] = []
  for (const { partition, start, end } of await log.ranges(topic)) {
    let last = start - 1
    for (let from = start; from < end; ) {
      const { records, next } = await log.read({ topic, partition, from })
      for (const record of records) {
        const name = textOf(record, 'name')
        if (record.offset <= last) problems.push(`${topic}/${partition}: offset ${record.offset} after ${last}`)
        if (name !== nameText(nameOf(record)) || !valueFor(name, largeIn).equals(record.value ?? Buffer.alloc(0))) {
          problems.push(`${topic}/${partition}: the record at ${record.offset} is not as it was written`)
        }
        last = record.offset
      }
      all.push(...records)
      if (next <= from) problems.push(`${topic}/${partition}: reading from ${from} does not get on before ${end}`)
      from = Math.max(next, from + 1)
    }
  }
  return all
}
