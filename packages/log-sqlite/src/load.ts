import type { Database } from '@portreeve/database'
import { PortreeveError } from '@portreeve/errors'
import type { TopicDescription } from '@portreeve/log'
import { placeOf, rowSum } from './place.ts'
import type { Partition, Topic } from './topics.ts'

/**
 * Reads the topics and holds what they say against the records: a row that was changed by anything but the log, or
 * records that are missing at either end of a partition, are found here and not served.
 *
 * Throws `PRV_LOG_FILE_DAMAGED`.
 */
export function loadTopics(database: Database, folder: string): Topic[] {
  const damaged = (fault: string): never => {
    throw new PortreeveError('PRV_LOG_FILE_DAMAGED', { folder, fault })
  }
  const partitions = loadPartitions(database, damaged)
  const counts = database.prepare(
    'SELECT (SELECT count(*) FROM position) AS found, (SELECT positions FROM total) AS expected',
    { found: 'integer', expected: 'integer?' },
  )
  const { found, expected } = counts.get() ?? { found: 0, expected: null }
  if (found !== expected) damaged(`there are ${found} positions of groups, not ${expected}`)
  const topics = database.prepare('SELECT * FROM topic', {
    name: 'text',
    first_slot: 'integer',
    partitions: 'integer',
    retention_ms: 'integer?',
    retention_bytes: 'integer?',
    sum: 'integer',
  })
  let slots = 0
  const loaded = topics.all().map((row): Topic => {
    const { name, first_slot, retention_ms, retention_bytes } = row
    const sum = rowSum(name, first_slot, row.partitions, retention_ms, retention_bytes)
    if (sum !== row.sum) damaged(`the row of topic ${name} is not as it was written`)
    const own = partitions.slice(first_slot, first_slot + row.partitions)
    if (own.length !== row.partitions) damaged(`topic ${name} lacks partitions`)
    slots += own.length
    const description: TopicDescription = {
      name,
      partitions: row.partitions,
      ...(retention_ms === null ? {} : { retentionMs: retention_ms }),
      ...(retention_bytes === null ? {} : { retentionBytes: retention_bytes }),
    }
    return { description, turn: 0, partitions: own.map((part, partition) => ({ ...part, topic: name, partition })) }
  })
  if (slots !== partitions.length) damaged('a topic is missing')
  return loaded
}

function loadPartitions(database: Database, damaged: (fault: string) => never): Partition[] {
  const rows = database.prepare('SELECT * FROM partition ORDER BY slot', {
    slot: 'integer',
    start_offset: 'integer',
    end_offset: 'integer',
    bytes: 'integer',
    last_timestamp: 'integer',
    sum: 'integer',
  })
  const ends = database.prepare(
    `SELECT (SELECT min(place) FROM record WHERE place >= :from AND place < :to) AS first,
            (SELECT max(place) FROM record WHERE place >= :from AND place < :to) AS last`,
    { first: 'integer?', last: 'integer?' },
  )
  return rows.all().map((row, index) => {
    const { slot, start_offset: start, end_offset: end, bytes, last_timestamp: lastTimestamp } = row
    const sum = rowSum(slot, start, end, bytes, lastTimestamp)
    if (slot !== index || sum !== row.sum) damaged(`the row of partition slot ${slot} is not as it was written`)
    const found = ends.get({ from: placeOf(slot, 0), to: placeOf(slot + 1, 0) })
    const first = start < end ? placeOf(slot, start) : null
    const last = start < end ? placeOf(slot, end - 1) : null
    if (found?.first !== first || found.last !== last) damaged(`records of partition slot ${slot} are missing`)
    return { topic: '', partition: 0, slot, start, end, bytes, lastTimestamp }
  })
}
