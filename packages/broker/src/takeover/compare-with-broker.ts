import { existsSync } from 'node:fs'
import { type Change, type Configuration, differences } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import { openState } from '@portreeve/state'
import { connectAdmin } from '../admin-client.ts'
import { dataFolder } from '../data-folder.ts'
import { openLog } from '../engines.ts'
import type { Consequence } from '../operations.ts'
import { type ActiveConfiguration, readActiveConfiguration } from './active-configuration.ts'
import { foresee } from './foresee.ts'
import { needsRestart } from './needs-restart.ts'
import { type Plan, planOf } from './plan.ts'

/** What a configuration changes for the broker of its data folder. */
export interface Comparison {
  /** What the broker works with, or worked with last. */
  readonly before: ActiveConfiguration
  /** Whether a broker is at work. */
  readonly isRunning: boolean
  readonly changes: readonly Change[]
  readonly consequences: readonly Consequence[]
  /** Names of settings that only a restart takes over. */
  readonly needsRestart: readonly string[]
}

/**
 * Compares with the broker that runs on the configuration's data folder or, where none does, with what the last one worked with.
 * Changes nothing. Rejects with `PRV_BROKER_NO_DATA`, with `PRV_BROKER_NO_ACTIVE_CONFIGURATION`, with
 * `PRV_BROKER_ACTIVE_CONFIGURATION` and, when told that one is to run, with `PRV_BROKER_NOT_RUNNING`.
 */
export async function compareWithBroker(
  configuration: Configuration,
  { mustRun = false }: { readonly mustRun?: boolean } = {},
): Promise<Comparison> {
  const folder = dataFolder(configuration.dataFolder)
  const remote = await connectAdmin(folder.adminSocket)
  if (!remote && mustRun) throw new PortreeveError('PRV_BROKER_NOT_RUNNING', { folder: folder.path })
  const plan = planOf(configuration)
  const before = await (remote ? remote.activeConfiguration() : readActiveConfiguration(folder))
  if (!remote && !existsSync(folder.log)) throw new PortreeveError('PRV_BROKER_NO_DATA', { folder: folder.path })
  if (!before) throw new PortreeveError('PRV_BROKER_NO_ACTIVE_CONFIGURATION', { folder: folder.path })
  const consequences = await (remote ? remote.foresee(plan) : foreseeStopped(plan, configuration))
  const changes = differences(before.record, configuration.record)
  const restart = needsRestart(before.record, configuration.record)
  return { before, isRunning: remote !== null, changes, consequences, needsRestart: restart }
}

/** Opens the stores only to look: no topic is made and no group gets a position. */
async function foreseeStopped(plan: Plan, { dataFolder: path, log: settings }: Configuration) {
  const folder = dataFolder(path)
  await using log = await openLog(settings, folder.log)
  using state = openState({ path: folder.state })
  return await foresee(plan, { log, state, present: new Set() })
}
