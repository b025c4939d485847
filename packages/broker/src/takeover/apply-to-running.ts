import type { Configuration } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import { connectAdmin } from '../admin-client.ts'
import { dataFolder } from '../data-folder.ts'
import type { Applied } from './apply.ts'

/** Has the broker on the configuration's data folder take it over. Rejects as `applyConfiguration` does. */
export async function applyToRunning({ dataFolder: path, record }: Configuration): Promise<Applied> {
  const folder = dataFolder(path)
  const remote = await connectAdmin(folder.adminSocket)
  if (!remote) throw new PortreeveError('PRV_BROKER_NOT_RUNNING', { folder: folder.path })
  return await remote.applyConfiguration({ version: record.version })
}
