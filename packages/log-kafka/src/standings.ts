import { PortreeveError } from '@portreeve/errors'
import type { ConsumeOptions } from '@portreeve/log'
import { requestTimeoutMs } from './connection.ts'
import type { Ends } from './ends.ts'
import type { Kept } from './kept.ts'
import type { Standing } from './partition-work.ts'
import { call, type RawConsumer, type RawOffset, type RawPlace } from './rdkafka.ts'

export interface PlaceStanding {
  readonly place: RawPlace
  readonly standing: Standing
}

/** Where a group goes on. Where it has no position yet it is given one, durably. Rejects with `PRV_LOG_OFFSET_GONE`. */
export async function standingsOf(
  raw: RawConsumer,
  places: readonly RawPlace[],
  { group, startFrom = 'earliest' }: ConsumeOptions,
  { ends, kept }: { readonly ends: Ends; readonly kept: Kept },
): Promise<readonly PlaceStanding[]> {
  const committed = await call<readonly RawOffset[]>((done) => raw.committed(places, requestTimeoutMs, done))
  await kept.catchUp()
  const standings: PlaceStanding[] = []
  const fresh: RawOffset[] = []
  for (const { topic, partition } of places) {
    const place = { topic, partition }
    const { start, end } = await ends.ofPartition(place)
    const found = committed.find((one) => one.topic === topic && one.partition === partition)?.offset ?? -1
    const offset = found >= 0 ? found : startFrom === 'latest' ? end : start
    if (found < 0) fresh.push({ ...place, offset })
    if (offset < start) throw new PortreeveError('PRV_LOG_OFFSET_GONE', { topic, partition, offset, start })
    const text = kept.get(placeKey(group, place))
    const left: Standing | null = text === null ? null : JSON.parse(text)
    const metadata = left?.offset === offset ? left.metadata : null
    standings.push({ place, standing: { offset, metadata } })
  }
  if (fresh.length > 0) raw.commitSync(fresh)
  return standings
}

/** Under which the place inside a long step is kept. */
export function placeKey(group: string, { topic, partition }: RawPlace): string {
  return `place ${JSON.stringify([group, topic, partition])}`
}
