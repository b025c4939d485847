import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { PortreeveError } from '@portreeve/errors'
import { fromFileFault } from './file-faults.ts'
import { fileAt, type InboxFile, inboxFile, isUnchanged } from './file-inbox.ts'
import { shownFileName } from './file-name.ts'

const chunkBytes = 256 * 1024

/** A link or a pipe that takes the file's name meanwhile is neither followed nor waited for; Windows has neither flag. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/**
 * The bytes of a file, and after the last one the certainty that they are all of it: rejects with
 * `PRV_ENDPOINTS_FILE_CHANGED` at the end when somebody wrote to it meanwhile. Keep nothing of it before the end.
 */
export async function* readUnchanged(file: InboxFile): AsyncIterable<Uint8Array> {
  try {
    await using handle = await open(file.path, flags)
    if (!isUnchanged(file, inboxFile(file.name, file.path, await handle.stat()))) throw changed(file)
    let bytes = 0
    for (;;) {
      const { bytesRead, buffer } = await handle.read({ buffer: Buffer.allocUnsafe(chunkBytes) })
      if (bytesRead === 0) break
      bytes += bytesRead
      if (bytes > file.sizeBytes) break
      yield buffer.subarray(0, bytesRead)
    }
    const after = await fileAt(dirname(file.path), file.name)
    if (!after || !isUnchanged(file, after) || bytes !== file.sizeBytes) throw changed(file)
  } catch (fault) {
    // ELOOP: a link stands there now. ENOENT: it was taken away.
    const { code } = fault as NodeJS.ErrnoException
    throw code === 'ELOOP' || code === 'ENOENT' ? changed(file) : fromFileFault(fault, file.path, 'read')
  }
}

function changed(file: InboxFile): PortreeveError {
  return new PortreeveError('PRV_ENDPOINTS_FILE_CHANGED', { file: shownFileName(file.name) })
}
