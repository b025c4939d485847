import { parseRequestId } from '@portreeve/core'
import type { TellUsOnce, Told } from './tell-us-once.ts'
import type { SystemLabel } from './tell-us-once-configuration.ts'
import type { Offices } from './tell-us-once-offices.ts'

/** What an office itself says of one request. */
export interface OfficeRecord {
  readonly request: string
  /** How often it took effect. */
  readonly times: number
  /** `other`: it has it, and its last word is not said. */
  readonly word: 'done' | 'no' | 'other'
}

/** By label of the system. */
export type OfficeRecords = ReadonlyMap<string, readonly OfficeRecord[]>

const words: Readonly<Record<string, OfficeRecord['word']>> = {
  resolved: 'done',
  rejected: 'no',
  APPLIED: 'done',
  REJECTED: 'no',
  OK: 'done',
  NOMATCH: 'no',
  MULTI: 'no',
}

/** The offices' own records, of all that was ever brought to them. The electoral office takes its files in first. */
export async function recordsOf({ crm, councilTax, electoral }: Offices): Promise<OfficeRecords> {
  await electoral.take()
  const cases = crm.cases().map(({ externalReference, status }) => entry(externalReference, status))
  const changes = (await councilTax.changes()).map(({ externalReference, status }) => entry(externalReference, status))
  const lines = [...electoral.results].flatMap(([line, result]) => {
    // A household has a line for each person; the first stands for all.
    const [, request] = /^(.+)\/1$/.exec(line) ?? []
    return request === undefined ? [] : [{ ...entry(request, result), times: electoral.record.get(line) ?? 0 }]
  })
  const systems: readonly (readonly [SystemLabel, readonly OfficeRecord[]])[] = [
    ['crm', counted(cases)],
    ['council-tax', counted(changes)],
    ['electoral', lines],
  ]
  return new Map(systems)
}

/** Requests in the order in which an office took them, each as often as it took effect. */
export async function requestsInOrder({ crm, councilTax, electoral }: Offices): Promise<Record<SystemLabel, string[]>> {
  await electoral.take()
  return {
    crm: crm.cases().map(({ externalReference }) => externalReference),
    'council-tax': [...(await councilTax.arrivals())],
    electoral: [...electoral.record.keys()].flatMap((line) => /^(.+)\/1$/.exec(line)?.[1] ?? []),
  }
}

/** Places of transactions among all of these, in the order in which an office took what is theirs. */
export async function orderAt(
  { offices, operations }: TellUsOnce,
  system: SystemLabel,
  all: readonly Pick<Told, 'reference'>[],
): Promise<readonly number[]> {
  const places = new Map<string, number>()
  for (const [place, { reference }] of all.entries()) {
    places.set((await operations.track({ reference }))?.message.id ?? '', place)
  }
  const requests = (await requestsInOrder(offices))[system]
  return requests.map((request) => places.get(parseRequestId(request)?.instance ?? '') ?? -1)
}

function entry(request: string, status: string): OfficeRecord {
  return { request, times: 1, word: words[status] ?? 'other' }
}

function counted(entries: readonly OfficeRecord[]): readonly OfficeRecord[] {
  const found = new Map<string, OfficeRecord>()
  for (const each of entries) {
    const before = found.get(each.request)
    found.set(each.request, before ? { ...before, times: before.times + 1 } : each)
  }
  return [...found.values()]
}
