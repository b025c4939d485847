import { createHash, randomUUID } from 'node:crypto'
import { access, type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { PortreeveError } from '@portreeve/errors'
import { fileFault } from './file-fault.ts'

/**
 * Puts a copy of a file into an inbox so that whoever watches it sees all of it or nothing: it is written under a name
 * that begins with a dot, flushed, then renamed. The folder is made when it is absent. Throws `PRV_CLI_FILE_UNREADABLE`, `PRV_CLI_FILE_IN_THE_WAY` and
 * `PRV_CLI_INBOX_UNWRITABLE`; nothing is left in the inbox then.
 */
export async function putIntoInbox(file: string, inbox: string): Promise<{ sha256: string; sizeBytes: number }> {
  const name = basename(file)
  const target = join(inbox, name)
  await using source = await open(file).catch((cause) => {
    throw new PortreeveError('PRV_CLI_FILE_UNREADABLE', { file, why: fileFault(cause) }, { cause })
  })
  if (await exists(target)) throw new PortreeveError('PRV_CLI_FILE_IN_THE_WAY', { file: name, inbox })
  const unwritable = (cause: unknown): never => {
    throw new PortreeveError('PRV_CLI_INBOX_UNWRITABLE', { file: name, inbox, why: fileFault(cause) }, { cause })
  }
  await mkdir(inbox, { recursive: true, mode: 0o700 }).catch(unwritable)
  const temporary = join(inbox, `.${name}.${randomUUID()}.part`)
  try {
    const put = await copy(source, temporary)
    await rename(temporary, target)
    return put
  } catch (cause) {
    await rm(temporary, { force: true })
    return unwritable(cause)
  }
}

async function copy(source: FileHandle, path: string): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  await using target = await open(path, 'wx')
  for await (const chunk of source.createReadStream({ autoClose: false })) {
    hash.update(chunk)
    sizeBytes += chunk.byteLength
    await target.appendFile(chunk)
  }
  await target.sync()
  return { sha256: hash.digest('hex'), sizeBytes }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}
