import { advance, type ProcessDefinition, type ProcessEffect, type ProcessInstance } from '@portreeve/core'
import type { Log, StoredRecord } from '@portreeve/log'
import type { ProcessStore } from '@portreeve/state'
import { processTopic, readProcessRecord } from './process-topic.ts'
import { InstancesAhead, type ParseInstance, parseOnce } from './stored-instance.ts'

export interface FoldParts {
  readonly store: ProcessStore
  readonly definitions: ReadonlyMap<string, ProcessDefinition>
  /** Default: anew each time. */
  readonly parse?: ParseInstance
}

export interface Folded {
  readonly effects: readonly ProcessEffect[]
  readonly changed: readonly ProcessInstance[]
  /** As it stands after the records. */
  get(process: string, id: string): ProcessInstance | undefined
}

/** What records of the processes' topic do to the instances in the store, which stay as they are. */
export function foldRecords(
  records: readonly StoredRecord[],
  { store, definitions, parse = parseOnce() }: FoldParts,
): Folded {
  const ahead = new Map<string, InstancesAhead>()
  const effects: ProcessEffect[] = []
  for (const record of records) {
    const event = readProcessRecord(record)
    const definition = event && definitions.get(event.process)
    if (!event || !definition) continue
    const instances = ahead.get(event.process) ?? new InstancesAhead(event.process, store, parse)
    ahead.set(event.process, instances)
    const step = advance(definition, event, instances, record.offset)
    for (const instance of step.changed) instances.put(instance)
    effects.push(...step.effects)
  }
  return {
    effects,
    changed: [...ahead.values()].flatMap((instances) => instances.changed),
    get: (process, id) => ahead.get(process)?.get(id),
  }
}

/** Instances, by reference, that a broker will change when it starts: what the topic says of them is not in the store yet. */
export async function changesToCome(
  log: Pick<Log, 'ranges' | 'read'>,
  parts: FoldParts,
): Promise<ReadonlyMap<string, ProcessInstance>> {
  const records: StoredRecord[] = []
  for (const { partition, start, end } of await log.ranges(processTopic)) {
    for (let from = Math.max(start, parts.store.position(processTopic, partition)); from < end; ) {
      const read = await log.read({ topic: processTopic, partition, from })
      records.push(...read.records)
      if (read.next === from) break
      from = read.next
    }
  }
  return new Map(foldRecords(records, parts).changed.map((instance) => [instance.reference, instance]))
}
