import { type Change, type Configuration, differences } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import { ConfiguredWork } from '../configured-work.ts'
import type { House } from '../house.ts'
import type { Consequence } from '../operations.ts'
import { receiverNamesByType } from '../receivers.ts'
import { settleGroups, wantedGroups } from '../settle-groups.ts'
import { topicsOf } from '../topics.ts'
import { foresee } from './foresee.ts'
import { needsRestart } from './needs-restart.ts'
import { planOf } from './plan.ts'

/** What a broker has taken over. */
export interface Applied {
  /** Versions; the same where nothing was other. */
  readonly before: string
  readonly after: string
  readonly changes: readonly Change[]
  readonly consequences: readonly Consequence[]
  /** Labels of adapters that were opened anew; all others stayed open. */
  readonly opened: readonly string[]
}

export interface Switch {
  readonly house: House
  readonly before: ConfiguredWork
  readonly next: Configuration
  /** Called when the old work has ended and the new one is about to begin. */
  readonly become: (work: ConfiguredWork) => void
}

/**
 * Takes over another configuration, all or nothing: everything that can be refused is looked at first, adapters that are other are
 * opened and checked, then the old work ends in order and the new one begins on the same open stores. What fails before that
 * leaves the old work going, or sets it going again. Rejects with `PRV_BROKER_APPLY_…`.
 */
export async function apply({ house, before, next, become }: Switch): Promise<Applied> {
  const old = before.configuration
  const versions = { before: old.record.version, after: next.record.version }
  const changes = differences(old.record, next.record)
  refuseRestart(old, next)
  const consequences = await foreseen(next, before, house)
  const adapters = await before.adapters.next(next, house)
  const opened = adapters.notIn(before.adapters)
  if (changes.length === 0 && opened.length === 0 && before.adapters.notIn(adapters).length === 0) {
    return { ...versions, changes, consequences, opened }
  }
  const work = await ConfiguredWork.prepare(next, adapters, house).catch(async (error) => {
    await adapters.closeBut(before.adapters)
    throw error
  })
  await before.end()
  try {
    house.signal.throwIfAborted()
    // Meanwhile more may have come for a receiver that is to go.
    await foreseen(next, before, house)
    await takeOverStores(work, house)
  } catch (error) {
    await giveBackStores(before, house)
    before.start()
    await work.close(before)
    throw error
  }
  house.maker.takeOver(next)
  house.events.forgetWork()
  become(work)
  work.start()
  await before.close(work)
  return { ...versions, changes, consequences, opened }
}

/** Throws `PRV_BROKER_APPLY_RESTART`. */
function refuseRestart(old: Configuration, next: Configuration): void {
  const settings = needsRestart(old.record, next.record)
  if (settings.length > 0) throw new PortreeveError('PRV_BROKER_APPLY_RESTART', { settings: settings.join(', ') })
}

/** Rejects with `PRV_BROKER_APPLY_REFUSED` where a start would refuse. */
async function foreseen(next: Configuration, before: ConfiguredWork, { log, state }: House) {
  const present = new Set(wantedGroups(before.configuration, before.receivers).map(({ name }) => name))
  const consequences = await foresee(planOf(next), { log, state, present })
  const refused = consequences.find(({ refusal }) => refusal !== null)
  if (refused) {
    throw new PortreeveError('PRV_BROKER_APPLY_REFUSED', { code: refused.refusal ?? '', sentence: refused.sentence })
  }
  return consequences
}

/** New groups get their positions last: these stay. */
async function takeOverStores(work: ConfiguredWork, { log, ledger }: House): Promise<void> {
  for (const topic of topicsOf(work.configuration)) await log.createTopic(topic)
  ledger.takeOver(receiverNamesByType(work.receivers))
  await settleGroups(log, work.configuration, work.receivers)
}

async function giveBackStores(work: ConfiguredWork, { log, ledger, events }: House): Promise<void> {
  try {
    for (const topic of topicsOf(work.configuration)) await log.createTopic(topic)
    ledger.takeOver(receiverNamesByType(work.receivers))
  } catch (error) {
    events.failed('apply', error)
  }
}
