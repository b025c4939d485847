import { PortreeveError } from '@portreeve/errors'
import type { Log, RecordPosition, StoredRecord } from '@portreeve/log'

/** The record that stands exactly there. Rejects with `PRV_BROKER_RECORD_GONE` when it is not kept any more. */
export async function recordAt(log: Log, { topic, partition, offset }: RecordPosition): Promise<StoredRecord> {
  const { records } = await log.read({ topic, partition, from: offset, maxRecords: 1 })
  const [record] = records
  if (record?.offset === offset) return record
  throw new PortreeveError('PRV_BROKER_RECORD_GONE', { topic, partition, offset })
}
