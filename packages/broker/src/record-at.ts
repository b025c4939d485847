import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import type { Log, RecordPosition, StoredRecord } from '@portreeve/log'

/** The record that stands exactly there. Rejects with `PRV_BROKER_RECORD_GONE` when it is not kept any more. */
export async function recordAt(log: Log, { topic, partition, offset }: RecordPosition): Promise<StoredRecord> {
  const { records } = await log.read({ topic, partition, from: offset, maxRecords: 1 })
  const [record] = records
  if (record?.offset === offset) return record
  throw new PortreeveError('PRV_BROKER_RECORD_GONE', { topic, partition, offset })
}

const unreadable: ReadonlySet<string> = new Set([
  'PRV_BROKER_RECORD_GONE',
  'PRV_LOG_FILE_DAMAGED',
  'PRV_LOG_OFFSET_BEYOND_END',
  'PRV_LOG_OFFSET_GONE',
  'PRV_LOG_RECORD_CORRUPT',
])

/** True when it is this one record that can be made nothing of, now and later; others may be sound. */
export function isUnreadable(error: unknown): error is PortreeveError {
  return isPortreeveError(error) && (unreadable.has(error.code) || error.failureClass === 'message-bad')
}
