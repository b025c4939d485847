import type { Configuration } from '@portreeve/configuration'
import type { Log } from '@portreeve/log'
import { openSqliteLog } from '@portreeve/log-sqlite'
import { openWorkerFolder } from './worker-folder.ts'

/** A log; one whose files lie in the data folder can be held still while they are copied. */
export interface OpenedLog extends Log {
  freeze?(): void
  thaw?(): Promise<void>
}

/** The only place that names log engines. `folder` is made when it is not there, and is this process's until the log is closed. */
export async function openLog(settings: Configuration['log'], folder: string): Promise<OpenedLog> {
  switch (settings.engine) {
    case 'sqlite':
      return await openSqliteLog({ folder })
    case 'kafka':
      return await openOnKafka(settings, folder)
  }
}

/** For a look at the log, and changes of its topics: beside the one that has the folder where the engine takes several. */
export async function openLogBeside(settings: Configuration['log'], folder: string): Promise<Log> {
  if (settings.engine === 'sqlite') return await openSqliteLog({ folder })
  const { openKafkaLog } = await import('@portreeve/log-kafka')
  return await openKafkaLog(connectionOf(settings))
}

function connectionOf({ brokers = '', prefix = '', replication }: Configuration['log']) {
  return { brokers, prefix, ...(replication && { replication }) }
}

async function openOnKafka(settings: Configuration['log'], folder: string): Promise<Log> {
  const worker = openWorkerFolder(folder)
  try {
    // Its native part is there only where Kafka was asked for.
    const { openKafkaLog } = await import('@portreeve/log-kafka')
    const connection = connectionOf(settings)
    const transactionalId = `${connection.prefix}portreeve-${worker.workerId}`
    const log = await openKafkaLog({ ...connection, transactionalId })
    const close = log.close.bind(log)
    return Object.assign(log, { close: () => close().finally(() => worker.close()) })
  } catch (error) {
    worker.close()
    throw error
  }
}
