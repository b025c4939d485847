import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { fromFolderFault } from './errors.ts'

/**
 * Whether the folder is there and can be read and written. It is never made: where a network drive is not there, a folder of its
 * name would take files that nobody fetches. Rejects with `PRV_ELECTORAL_FOLDER`. Writes nothing.
 */
export async function checkFolder(folder: string): Promise<void> {
  try {
    if (!(await stat(folder)).isDirectory()) throw Object.assign(new Error('it is no folder'), { code: 'ENOTDIR' })
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (fault) {
    throw fromFolderFault(fault, folder)
  }
}
