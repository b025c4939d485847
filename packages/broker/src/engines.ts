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

async function openOnKafka(settings: Configuration['log'], folder: string): Promise<Log> {
  const { brokers = '', prefix = '', replication } = settings
  const worker = openWorkerFolder(folder)
  try {
    // Its native part is there only where Kafka was asked for.
    const { openKafkaLog } = await import('@portreeve/log-kafka')
    const transactionalId = `${prefix}portreeve-${worker.workerId}`
    const log = await openKafkaLog({ brokers, prefix, transactionalId, ...(replication && { replication }) })
    const close = log.close.bind(log)
    return Object.assign(log, { close: () => close().finally(() => worker.close()) })
  } catch (error) {
    worker.close()
    throw error
  }
}
