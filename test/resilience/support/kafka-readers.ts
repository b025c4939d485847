import type { Log } from '@portreeve/log'
import { runTool } from '../../support/kafka.ts'

/** A record as far as its copies can be compared. */
export interface ReadRecord {
  readonly partition: number
  readonly key: string
  readonly name: string
}

/** Stands behind all else in each partition: who has read it has read all. */
const END = 'end'

/** All of a topic in the order of its partitions, read by ours and by Kafka's own consumer, which must find the same. */
export async function readByBoth(log: Log, brokers: string, prefix: string, topic: string, problems: string[]) {
  for (const { partition } of await log.ranges(topic)) {
    await log.append([{ topic, partition, key: Buffer.from(END), value: Buffer.from(END), headers: [] }])
  }
  const ours = await readByOurs(log, topic)
  const theirs = await readByConsole(brokers, `${prefix}${topic}`, ours.length)
  const ends = theirs.filter(({ name }) => name === END).length
  if (textOf(ours) !== textOf(theirs)) {
    problems.push(`${topic}: ours reads ${ours.length}, Kafka's own consumer ${theirs.length}, or another order`)
  }
  if (ends !== (await log.ranges(topic)).length) problems.push(`${topic}: Kafka's own consumer has not read to the end`)
  return theirs.filter(({ name }) => name !== END)
}

async function readByOurs(log: Log, topic: string): Promise<readonly ReadRecord[]> {
  const all: ReadRecord[] = []
  for (const { partition, start, end } of await log.ranges(topic)) {
    for (let from = start; from < end; ) {
      const { records, next } = await log.read({ topic, partition, from })
      for (const { key, value } of records) all.push({ partition, key: text(key), name: nameIn(text(value)) })
      if (next <= from) throw new Error(`reading ${topic}/${partition} does not get on from ${from} to ${end}`)
      from = next
    }
  }
  return all
}

/** By the consumer of the Java client, read-committed. It ends after so many records, or when none has come for long. */
async function readByConsole(brokers: string, topic: string, count: number): Promise<readonly ReadRecord[]> {
  const output = await runTool('org.apache.kafka.tools.consumer.ConsoleConsumer', [
    ...['--bootstrap-server', brokers, '--topic', topic, '--from-beginning', '--isolation-level', 'read_committed'],
    ...['--max-messages', `${count}`, '--timeout-ms', '15000'],
    ...['print.partition=true', 'print.key=true'].flatMap((property) => ['--formatter-property', property]),
  ])
  const all = output.split('\n').flatMap((line): ReadRecord[] => {
    const found = /^Partition:(\d+)\t([^\t]*)\t(.*)$/.exec(line)
    return found === null ? [] : [{ partition: Number(found[1]), key: found[2] ?? '', name: nameIn(found[3] ?? '') }]
  })
  return all.toSorted((one, other) => one.partition - other.partition)
}

function textOf(records: readonly ReadRecord[]): string {
  return records.map(({ partition, key, name }) => `${partition} ${key} ${name}`).join('\n')
}

function text(bytes: Uint8Array | null): string {
  return Buffer.from(bytes ?? []).toString()
}

function nameIn(value: string): string {
  return value.split(' ', 1).join()
}
