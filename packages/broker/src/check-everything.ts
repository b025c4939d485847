import { setTimeout as sleep } from 'node:timers/promises'
import { isPortreeveError } from '@portreeve/errors'
import { hasRecordsFrom, type Log } from '@portreeve/log'
import type { OpenParts } from './local-operations.ts'
import { deliveryTopic } from './topics.ts'

/** What does not fit while a broker works may only be under way: it counts when it stays for so many looks. */
const looks = 5
const betweenLooksMs = 100

/**
 * Reads every record of the log (each checksum is verified), compares the ledger with it, and the ledger with itself.
 * Answers with what does not fit, in sentences.
 */
export async function checkEverything(parts: OpenParts): Promise<string[]> {
  const { log, ledger, topics } = parts
  const found: string[] = ledger.checkInvariants().map(({ sentence }) => sentence)
  for (const topic of topics) {
    // Before the ends are asked for, or the ledger may have read what came since.
    const seenBefore = new Map(ledger.positions().map((at) => [`${at.topic}/${at.partition}`, at.offset]))
    for (const { partition, start, end } of await log.ranges(topic)) {
      found.push(...(await damagedRecords(log, topic, partition, start, end)))
      const seen = seenBefore.get(`${topic}/${partition}`) ?? 0
      if (seen > end) found.push(`The ledger has read ${topic}/${partition} up to ${seen}, but the log ends at ${end}.`)
    }
  }
  return [...found, ...(await lastingMisfits(parts))]
}

/** By kind, for the numbers in the sentences may change from one look to the next. */
type Misfits = ReadonlyMap<string, string>

async function lastingMisfits(parts: OpenParts): Promise<readonly string[]> {
  let lasting = await misfits(parts)
  for (let look = 1; look < looks && lasting.size > 0; look += 1) {
    await sleep(betweenLooksMs)
    const now = await misfits(parts)
    lasting = new Map([...now].filter(([kind]) => lasting.has(kind)))
  }
  return [...lasting.values()]
}

async function misfits(parts: OpenParts): Promise<Misfits> {
  const { log, state, ledger, receivers } = parts
  const found = new Map<string, string>()
  const areParked = ledger.counts().some(({ state: at }) => at === 'parked')
  const { keys } = await state.parked.list({ limit: 1 })
  if (areParked && keys.length === 0) {
    found.set('parked', 'The ledger has messages that wait for a person, but no dead letter is kept.')
  }
  for (const { name, route } of receivers) {
    const lags = await Promise.all(route.from.map((topic) => log.lag(name, topic)))
    const waiting = ledger
      .counts()
      .filter((counted) => counted.receiver === name && (counted.state === 'waiting' || counted.state === 'unknown'))
      .reduce((sum, { messages }) => sum + messages, 0)
    const behind = await ledgerBehind(log, ledger, [deliveryTopic])
    if (lags.every((lag) => lag === 0) && waiting > 0 && behind === 0 && keys.length === 0) {
      found.set(name, `${waiting} messages are shown as waiting for ${name}, which has nothing left to work on.`)
    }
  }
  return found
}

async function ledgerBehind(log: Log, ledger: OpenParts['ledger'], topics: readonly string[]): Promise<number> {
  let behind = 0
  for (const topic of topics) {
    for (const range of await log.ranges(topic)) {
      const next = ledger.position(topic, range.partition) ?? 0
      if (await hasRecordsFrom(log, topic, range, next)) behind += range.end - next
    }
  }
  return behind
}

async function damagedRecords(log: Log, topic: string, partition: number, start: number, end: number) {
  let from = start
  while (from < end) {
    try {
      const { next } = await log.read({ topic, partition, from })
      if (next <= from) break
      from = next
    } catch (error) {
      if (isPortreeveError(error)) return [error.message]
      throw error
    }
  }
  return []
}
