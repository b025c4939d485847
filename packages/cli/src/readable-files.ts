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

/** Looks at every file before the first is worked on: one that cannot be read is its error, `PRV_CLI_FILE_UNREADABLE`. */
export function readableFiles(
  names: readonly string[],
  { workingFolder }: Terminal,
): Promise<readonly (ReadableFile | PortreeveError)[]> {
  return Promise.all(
    names.map(async (name) => {
      const path = resolve(workingFolder, name)
      try {
        await using file = await open(path)
        const found = await file.stat()
        if (found.isDirectory())
          return new PortreeveError('PRV_CLI_FILE_UNREADABLE', { file: path, why: 'it is a folder' })
        return { name, path, sizeBytes: found.size }
      } catch (cause) {
        return new PortreeveError('PRV_CLI_FILE_UNREADABLE', { file: path, why: fileFault(cause) }, { cause })
      }
    }),
  )
}
