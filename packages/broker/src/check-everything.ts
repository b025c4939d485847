import { isPortreeveError } from '@portreeve/errors'
import type { Log } from '@portreeve/log'
import type { OpenParts } from './local-operations.ts'
import { deliveryTopic } from './topics.ts'

/**
 * Reads every record of the log (each checksum is verified), compares the ledger with it, and the ledger with itself.
 * Answers with what does not fit, in sentences.
 */
export async function checkEverything({ log, state, ledger, receivers, topics }: OpenParts): Promise<string[]> {
  const found: string[] = ledger.checkInvariants().map(({ sentence }) => sentence)
  for (const topic of topics) {
    for (const { partition, start, end } of await log.ranges(topic)) {
      found.push(...(await damagedRecords(log, topic, partition, start, end)))
      const seen = ledger.position(topic, partition) ?? 0
      if (seen > end) found.push(`The ledger has read ${topic}/${partition} up to ${seen}, but the log ends at ${end}.`)
    }
  }
  const parked = new Set<string>()
  let after: number | undefined
  do {
    const page = await state.parked.list(after === undefined ? {} : { after })
    for (const { receiver, key } of page.keys) parked.add(`${receiver}\n${key}`)
    after = page.next ?? undefined
  } while (after !== undefined)
  const inLedger = ledger.counts().filter(({ state: at }) => at === 'parked')
  if (parked.size === 0 && inLedger.length > 0) {
    found.push('The ledger has messages that wait for a person, but no dead letter is kept.')
  }
  for (const { name, route } of receivers) {
    const lags = await Promise.all(route.from.map((topic) => log.lag(name, topic)))
    const lag = lags.reduce((sum, part) => sum + part, 0)
    const waiting = ledger
      .counts()
      .filter((counted) => counted.receiver === name && (counted.state === 'waiting' || counted.state === 'unknown'))
      .reduce((sum, { messages }) => sum + messages, 0)
    const behind = await ledgerBehind(log, ledger, [deliveryTopic])
    if (lag === 0 && waiting > 0 && behind === 0 && parked.size === 0) {
      found.push(`${waiting} messages are shown as waiting for ${name}, which has nothing left to work on.`)
    }
  }
  return found
}

async function ledgerBehind(log: Log, ledger: OpenParts['ledger'], topics: readonly string[]): Promise<number> {
  let behind = 0
  for (const topic of topics) {
    for (const { partition, end } of await log.ranges(topic)) {
      behind += Math.max(0, end - (ledger.position(topic, partition) ?? 0))
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
