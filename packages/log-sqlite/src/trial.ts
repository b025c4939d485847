import type { Log, LogRecord, StoredRecord } from '@portreeve/log'

/** For tests: the topic that they use, of one partition unless made otherwise. */
export const topic = 'trial.record.written'

export function record(value: string | Uint8Array, key: string | null = null): LogRecord {
  return {
    topic,
    key: key === null ? null : Buffer.from(key),
    value: typeof value === 'string' ? Buffer.from(value) : value,
    headers: [],
  }
}

export function values(records: readonly StoredRecord[]): string[] {
  return records.map(({ value }) => Buffer.from(value ?? []).toString())
}

/** Everything in the first partition, or in another. */
export async function everything(log: Log, partition = 0): Promise<StoredRecord[]> {
  const range = (await log.ranges(topic))[partition]
  const all: StoredRecord[] = []
  for (let from = range?.start ?? 0; from < (range?.end ?? 0); ) {
    const { records, next } = await log.read({ topic, partition, from })
    all.push(...records)
    from = next
  }
  return all
}
