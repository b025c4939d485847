import type { LogRecord, StoredRecord } from '@portreeve/log'
import { isProcessRecorded, type ProcessRecorded } from '@portreeve/model'

/** What the instances of all processes have learnt, by the key of each instance: their state is the fold of it. */
export const processTopic = 'portreeve.process.recorded'

/** The consumer group that decides. */
export const processGroup = 'processes:decisions'

/** The consumer group by which a process takes in transactions and answers. */
export function intakeGroup(process: string): string {
  return `process:${process}`
}

export function processRecord(key: string, event: ProcessRecorded): LogRecord {
  return {
    topic: processTopic,
    key: new TextEncoder().encode(key),
    value: new TextEncoder().encode(JSON.stringify(event)),
    headers: [],
  }
}

/** `null` for what no version of ours wrote. */
export function readProcessRecord({ value }: Pick<StoredRecord, 'value'>): ProcessRecorded | null {
  const event: unknown = JSON.parse(new TextDecoder().decode(value ?? new Uint8Array()) || 'null')
  return isProcessRecorded(event) ? event : null
}
