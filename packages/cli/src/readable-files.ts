import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { PortreeveError } from '@portreeve/errors'
import { fileFault } from './file-fault.ts'
import type { Terminal } from './terminal.ts'

export interface ReadableFile {
  /** As it was given. */
  readonly name: string
  readonly path: string
  readonly sizeBytes: number
}

/** Makes sure of every file before the first is worked on. Rejects with `PRV_CLI_FILE_UNREADABLE`. */
export function readableFiles(names: readonly string[], { workingFolder }: Terminal): Promise<readonly ReadableFile[]> {
  return Promise.all(
    names.map(async (name) => {
      const path = resolve(workingFolder, name)
      try {
        await using file = await open(path)
        const found = await file.stat()
        if (found.isDirectory())
          throw new PortreeveError('PRV_CLI_FILE_UNREADABLE', { file: path, why: 'it is a folder' })
        return { name, path, sizeBytes: found.size }
      } catch (cause) {
        if (cause instanceof PortreeveError) throw cause
        throw new PortreeveError('PRV_CLI_FILE_UNREADABLE', { file: path, why: fileFault(cause) }, { cause })
      }
    }),
  )
}
