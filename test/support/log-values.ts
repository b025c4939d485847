import type { Log } from '@portreeve/log'

/** The values of a topic with one partition, as text, from its beginning to where it ends now. */
export async function valuesOf(log: Log, topic: string): Promise<readonly string[]> {
  const values: string[] = []
  const [{ end } = { end: 0 }] = await log.ranges(topic)
  for (let from = 0; from < end; ) {
    const { records, next } = await log.read({ topic, partition: 0, from })
    values.push(...records.map(({ value }) => Buffer.from(value ?? []).toString()))
    from = next
  }
  return values
}
