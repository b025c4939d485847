import { existsSync } from 'node:fs'
import type { Configuration } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import { connectAdmin } from './admin-client.ts'
import { dataFolder } from './data-folder.ts'
import { projectToEnd } from './ledger-projection.ts'
import { localOperations } from './local-operations.ts'
import { openStores } from './open-stores.ts'
import type { Operations } from './operations.ts'
import { messageTopics } from './topics.ts'

export interface Connection {
  readonly operations: Operations
  /** Idempotent. */
  close(): Promise<void>
}

/**
 * Speaks to the broker that runs on the data folder, or opens the folder itself when none does. Rejects with
 * `PRV_BROKER_NO_DATA` where no broker has ever run: looking makes nothing.
 */
export async function connectOrOpen(configuration: Configuration): Promise<Connection> {
  const { adminSocket, log, path } = dataFolder(configuration.dataFolder)
  const remote = await connectAdmin(adminSocket)
  if (remote) return { operations: remote, close: async () => undefined }
  if (!existsSync(log)) throw new PortreeveError('PRV_BROKER_NO_DATA', { folder: path })
  await using opened = new AsyncDisposableStack()
  const stores = opened.use(await openStores(configuration))
  await projectToEnd(stores.log, stores.ledger, messageTopics(stores.topics))
  const everything = opened.move()
  let closing: Promise<void> | undefined
  return {
    operations: localOperations({ ...stores, configuration, dataFolder: stores.folder.path }),
    close: () => {
      closing ??= everything.disposeAsync()
      return closing
    },
  }
}
