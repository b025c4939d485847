import { capabilities, memoryCapabilities } from './capabilities.ts'
import { type FreezableLog, SqliteLog } from './log.ts'
import { Thread } from './thread.ts'

export interface SqliteLogOptions {
  /** Folder of the log, made when absent; or `:memory:`. One process at a time owns it, until it closes or dies. */
  readonly folder: string
  /** Most pages of 8,192 bytes that the file may have, then `PRV_LOG_DISK_FULL`. Default: the disk is the limit. */
  readonly maxPageCount?: number
  /** Milliseconds since 1970, for timestamps and retention. Default `Date.now`. It may fall: timestamps will not. */
  readonly clock?: () => number
}

/**
 * Opens the embedded log. The caller closes it; until then it keeps the process alive.
 *
 * Rejects with `PRV_LOG_FOLDER_OWNED`, `PRV_LOG_FOLDER_NEWER`, `PRV_LOG_FOLDER_FOREIGN`, `PRV_LOG_FOLDER_UNREACHABLE`,
 * `PRV_LOG_READ_ONLY`, `PRV_LOG_FILE_DAMAGED`, `PRV_LOG_DISK_FULL`.
 */
export async function openSqliteLog({
  folder,
  maxPageCount,
  clock = Date.now,
}: SqliteLogOptions): Promise<FreezableLog> {
  const thread = await Thread.start({ folder, maxPageCount: maxPageCount ?? null })
  return new SqliteLog(thread, folder, clock, folder === ':memory:' ? memoryCapabilities : capabilities)
}
