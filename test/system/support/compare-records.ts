import type { FoundMessage, Transaction } from '@portreeve/broker'
import { parseRequestId } from '@portreeve/core'
import { type OfficeRecord, type OfficeRecords, recordsOf } from './office-records.ts'
import type { TellUsOnce } from './tell-us-once.ts'

type Progress = Transaction['systems'][number]

/**
 * Holds the offices' own records against what the broker says: every accepted transaction is in a state that is true of every
 * system, what the ledger says of each request is, too, and nothing took effect twice, or without anybody having told it.
 */
export async function compareRecords({
  offices,
  operations,
  accepted,
  liars,
}: Pick<TellUsOnce, 'offices' | 'operations' | 'accepted' | 'liars'>): Promise<readonly string[]> {
  const records = await recordsOf(offices)
  const faults: string[] = []
  const known = new Set<string>()
  for (const reference of accepted) {
    const track = await operations.track({ reference })
    const transaction = await operations.transaction({ reference })
    if (!track || !transaction) {
      faults.push(`${reference} was accepted, and nobody knows of it`)
      continue
    }
    const { id } = track.message
    known.add(id)
    for (const progress of transaction.systems.filter(({ system }) => !liars.has(system))) {
      const mine = ofInstance(records, id, progress.system)
      const isByHand = transaction.steps.findLast(({ system }) => system === progress.system)?.what === 'resolved'
      const untrue = [...untrueOf(progress, mine, isByHand), ...twice(mine)]
      faults.push(...untrue.map((fault) => `${reference} ${progress.system} ${progress.state}: ${fault}`))
    }
    const honest = track.children.filter(({ id }) => !liars.has(parseRequestId(id)?.system ?? ''))
    faults.push(...honest.flatMap((message) => untrueInLedger(message, records)))
  }
  return [...faults, ...strangers(records, known)]
}

function ofInstance(records: OfficeRecords, id: string, system: string): readonly OfficeRecord[] {
  return (records.get(system) ?? []).filter(({ request }) => parseRequestId(request)?.instance === id)
}

/** Why a state is not true of what the office has. */
function untrueOf(
  { state, attempt, handedOver, code }: Progress,
  all: readonly OfficeRecord[],
  isByHand: boolean,
): readonly string[] {
  const isOfLast = ({ request }: OfficeRecord) => parseRequestId(request)?.attempt === attempt
  const [mine] = all.filter(isOfLast)
  const earlier = all.filter((record) => !isOfLast(record) && record.word !== 'no')
  const faults = earlier.map(({ request }) => `an earlier attempt took effect: ${request}`)
  const has = mine ? `it has ${mine.request}, and says ${mine.word}` : 'it has nothing'
  return isTrue() ? faults : [...faults, has]

  function isTrue(): boolean {
    switch (state) {
      case 'not-concerned':
        return mine === undefined
      case 'withheld':
        return mine === undefined || mine.word === 'no'
      case 'waiting':
        return true
      case 'delivered':
        return mine !== undefined
      case 'confirmed':
        return isByHand || mine?.word === 'done'
      case 'needs-a-person':
        if (code === 'PRV_CORE_OUTCOME_UNKNOWN') return true
        return handedOver ? mine !== undefined && mine.word !== 'done' : mine === undefined || mine.word === 'no'
    }
  }
}

function twice(all: readonly OfficeRecord[]): readonly string[] {
  return all.flatMap(({ request, times }) => (times === 1 ? [] : [`${request} took effect ${times} times`]))
}

/** What the ledger says of one request to one office is to be true of it, too. */
function untrueInLedger({ id, type, receivers }: FoundMessage, records: OfficeRecords): readonly string[] {
  const system = parseRequestId(id)?.system
  if (type !== 'customer.address-update.requested' || system === undefined) return []
  const isThere = (records.get(system) ?? []).some(({ request }) => request === id)
  const mine = receivers.find(({ receiver }) => receiver.endsWith(`.${system}`))
  if (!mine) return [`the ledger knows no receiver of ${id}`]
  const { state, code } = mine
  const isTold = state === 'delivered'
  const isDenied = state === 'refused' || (state === 'parked' && code !== 'PRV_CORE_OUTCOME_UNKNOWN')
  if ((isTold && !isThere) || (isDenied && isThere)) {
    return [`the ledger says that ${id} is ${state}, and ${system} has ${isThere ? 'it' : 'it not'}`]
  }
  return []
}

function strangers(records: OfficeRecords, known: ReadonlySet<string>): readonly string[] {
  return [...records].flatMap(([system, all]) =>
    all.flatMap(({ request }) => {
      const instance = parseRequestId(request)?.instance
      const isKnown = instance !== undefined && known.has(instance)
      return isKnown ? [] : [`${system} has ${request}, which nobody told`]
    }),
  )
}
