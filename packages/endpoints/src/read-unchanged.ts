import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { PortreeveError } from '@portreeve/errors'
import { fromFileFault } from './file-faults.ts'
import { fileAt, type InboxFile, isUnchanged } from './file-inbox.ts'
import { shownFileName } from './file-name.ts'

const chunkBytes = 256 * 1024

/**
 * The bytes of a file, and after the last one the certainty that they are all of it: rejects with
 * `PRV_ENDPOINTS_FILE_CHANGED` at the end when somebody wrote to it meanwhile. Keep nothing of it before the end.
 */
export async function* readUnchanged(file: InboxFile): AsyncIterable<Uint8Array> {
  try {
    await using handle = await open(file.path, 'r')
    let bytes = 0
    for (;;) {
      const { bytesRead, buffer } = await handle.read({ buffer: Buffer.allocUnsafe(chunkBytes) })
      if (bytesRead === 0) break
      bytes += bytesRead
      if (bytes > file.sizeBytes) break
      yield buffer.subarray(0, bytesRead)
    }
    const after = await fileAt(dirname(file.path), file.name)
    if (!after || !isUnchanged(file, after) || bytes !== file.sizeBytes) {
      throw new PortreeveError('PRV_ENDPOINTS_FILE_CHANGED', { file: shownFileName(file.name) })
    }
  } catch (fault) {
    throw fromFileFault(fault, file.path, 'read')
  }
}
