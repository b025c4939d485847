import { type ClaimCheck, openClaimCheck } from '@portreeve/claim-check'
import type { Configuration } from '@portreeve/configuration'
import { type Ledger, openLedger } from '@portreeve/ledger'
import type { Log } from '@portreeve/log'
import { openState, type State } from '@portreeve/state'
import { BackupHold } from './backup/backup-hold.ts'
import { type DataFolder, makeDataFolder } from './data-folder.ts'
import { openLog } from './engines.ts'
import { refuseLostTail } from './ledger-projection.ts'
import { refuseProcessGone } from './process/start-processes.ts'
import { type Receiver, receiverNamesByType, receiversOf } from './receivers.ts'
import { settleGroups } from './settle-groups.ts'
import { topicsOf } from './topics.ts'
import { joinWorkers, workerTopics } from './workers/join-workers.ts'
import { onlyWorker, type Workers } from './workers/workers.ts'

/** Everything that lies in a data folder, open. */
export interface Stores extends AsyncDisposable {
  readonly folder: DataFolder
  readonly log: Log
  readonly workers: Workers
  readonly state: State
  readonly ledger: Ledger
  readonly claims: ClaimCheck
  readonly receivers: readonly Receiver[]
  readonly topics: readonly string[]
  readonly backupHold: BackupHold
}

/**
 * Opens a data folder, the log first: whoever has the log owns the folder. Rejects with `PRV_LOG_FOLDER_OWNED` when a
 * broker has it, with `PRV_LOG_TAIL_LOST` when the log ends before what the ledger has seen, and as the stores do.
 */
export async function openStores(configuration: Configuration): Promise<Stores> {
  const { sharedFolder } = configuration
  const folder = await makeDataFolder(configuration.dataFolder, sharedFolder)
  await using opened = new AsyncDisposableStack()
  const log = opened.use(await openLog(configuration.log, folder.log))
  const topicConfigs = topicsOf(configuration)
  for (const topic of topicConfigs) await log.createTopic(topic)
  const areMany = log.capabilities.sharedByProcesses
  if (areMany) for (const topic of workerTopics) await log.createTopic(topic)
  const topics = topicConfigs.map(({ name }) => name)
  const remembered = opened.use(openState({ path: folder.state }))
  const workers = areMany ? opened.use(joinWorkers(log, remembered)) : onlyWorker(remembered)
  await workers.catchUp()
  const { state } = workers
  const receivers = receiversOf(configuration)
  refuseProcessGone(configuration, state.processes)
  await settleGroups(log, configuration, receivers)
  const ledger = opened.use(openLedger({ path: folder.ledger, receiversOf: receiverNamesByType(receivers) }))
  await refuseLostTail(log, ledger, topics)
  const claims = await openClaimCheck({ folder: folder.claims, isShared: sharedFolder !== undefined })
  const close = opened.move()
  return {
    folder,
    log,
    workers,
    state,
    ledger,
    claims,
    receivers,
    topics,
    backupHold: new BackupHold({ log, state, ledger, folder }),
    [Symbol.asyncDispose]: () => close.disposeAsync(),
  }
}
