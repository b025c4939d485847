import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fromFolderFault } from './errors.ts'

/** Whether files can be taken from the folder; one that is not there yet is made later, where that can be. Writes nothing. */
export async function checkFolder(folder: string): Promise<void> {
  try {
    await accessFolder(folder)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT' && dirname(folder) !== folder) {
      return await checkFolder(dirname(folder))
    }
    throw fromFolderFault(cause, folder)
  }
}

async function accessFolder(folder: string): Promise<void> {
  if (!(await stat(folder)).isDirectory()) throw Object.assign(new Error('it is no folder'), { code: 'ENOTDIR' })
  await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
}
