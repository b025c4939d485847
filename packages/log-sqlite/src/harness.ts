import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Log } from '@portreeve/log'
import type { LogHarness } from '@portreeve/log/contract'
import { openSqliteLog } from './open.ts'
import { FILE } from './store.ts'

/** Logs in folders of their own under the system's temporary one; `removeFolders` when all are closed. */
export function fileHarness(): LogHarness & { removeFolders(): Promise<void> } {
  const folders = new Map<Log, string>()
  const openIn = async (folder: string) => {
    const log = await openSqliteLog({ folder })
    folders.set(log, folder)
    return log
  }
  const folderOf = (log: Log) => folders.get(log) ?? ''
  return {
    open: async () => openIn(await mkdtemp(join(tmpdir(), 'portreeve-log-'))),
    reopen: async (log) => {
      await log.close()
      return openIn(folderOf(log))
    },
    openBeside: (log) => openIn(folderOf(log)),
    // Without the journal: that is used again and again, and never larger than it may be.
    diskBytes: async (log) => (await stat(join(folderOf(log), FILE))).size,
    removeFolders: async () => {
      for (const folder of new Set(folders.values())) await rm(folder, { recursive: true, force: true })
    },
  }
}

export function memoryHarness(): LogHarness {
  const open = () => openSqliteLog({ folder: ':memory:' })
  return {
    open,
    reopen: async (log) => {
      await log.close()
      return open()
    },
  }
}
