import { join } from 'node:path'
import type { Configuration } from '@portreeve/configuration'
import type { Log } from '@portreeve/log'
import { openSqliteLog } from '@portreeve/log-sqlite'

/** Something whose messages a test wants to read. */
export interface HasLog {
  readonly dataFolder: string
  /** Default: the embedded engine. */
  readonly log?: Configuration['log'] | undefined
}

/** Opens the log as it stands. An embedded one is its broker's as long as that runs. */
export async function openLogOf({ dataFolder, log: settings }: HasLog): Promise<Log> {
  if (settings?.engine !== 'kafka') return await openSqliteLog({ folder: join(dataFolder, 'log') })
  const { openKafkaLog } = await import('@portreeve/log-kafka')
  const { brokers = '', prefix = '' } = settings
  return await openKafkaLog({ brokers, prefix })
}
