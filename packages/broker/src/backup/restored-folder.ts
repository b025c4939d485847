import { existsSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Log } from '@portreeve/log'
import type { DataFolder } from '../data-folder.ts'
import { referenceTopic } from '../reference-numbers.ts'

/** Four million references: more than are given out between a backup and its return. */
const blocks = 4096

/**
 * Of a data folder that was put back from a backup, which its file `restored` says: references that were given out since must not be
 * given to others, for whoever has a status address could read what is theirs. Passes over as many as there may be, once.
 */
export async function passOverGivenReferences({ restored }: Pick<DataFolder, 'restored'>, log: Log): Promise<void> {
  if (!existsSync(restored)) return
  const reservation = { topic: referenceTopic, partition: 0, key: null, value: null, headers: [] }
  await log.append(Array.from({ length: blocks }, () => reservation))
  await rm(restored)
  if (process.platform === 'win32') return
  await using folder = await open(dirname(restored), 'r')
  await folder.sync()
}
