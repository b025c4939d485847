import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Configuration } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import { connectOrOpen } from '../connect-or-open.ts'
import { dataFolder } from '../data-folder.ts'
import { writeDurably } from '../durable-file.ts'
import type { Operations } from '../operations.ts'

const copyProcess = fileURLToPath(new URL('./copy-data-process.ts', import.meta.url))
const extendEveryMs = 10_000

export interface Backup {
  readonly folder: string
  /** RFC 3339, UTC: whatever was acknowledged before is in it. */
  readonly takenAt: string
  readonly files: number
  readonly bytes: number
  /** What does not fit in the copy, in sentences: empty is good. `null`: it was not looked at. */
  readonly problems: readonly string[] | null
}

export interface BackUpOptions {
  readonly configuration: Configuration
  /** A folder that is not there yet, in one that is. */
  readonly to: string
  /** Opens the copy and reads through it. Default true. */
  readonly check?: boolean
  readonly now?: () => Date
}

/**
 * Copies the data folder of a broker, running or not: the copy stands under its name once it is whole and on disk, or nothing does.
 * Rejects with `PRV_BROKER_BACKUP_…`, and as `connectOrOpen` does.
 */
export async function backUp({
  configuration,
  to,
  check = true,
  now = () => new Date(),
}: BackUpOptions): Promise<Backup> {
  if (existsSync(to)) throw new PortreeveError('PRV_BROKER_BACKUP_IN_THE_WAY', { folder: to })
  const unfinished = `${to}.part`
  const connection = await connectOrOpen(configuration)
  try {
    // Of one that was broken off.
    await rm(unfinished, { recursive: true, force: true })
    const takenAt = now().toISOString()
    const copied = await copyHeld(connection.operations, configuration.dataFolder, unfinished)
    await writeDurably(dataFolder(unfinished).restored, `${takenAt}\n`)
    await putInPlace(unfinished, to)
    await connection.close()
    return {
      folder: to,
      takenAt,
      ...copied,
      problems: check ? await problemsOf({ ...configuration, dataFolder: to }) : null,
    }
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  } finally {
    await connection.close()
  }
}

async function copyHeld(operations: Operations, from: string, to: string): Promise<Pick<Backup, 'files' | 'bytes'>> {
  const { id } = await operations.beginBackup()
  const extending = setInterval(() => void operations.extendBackup({ id }).catch(() => undefined), extendEveryMs)
  try {
    const copied = await copyFiles(from, to)
    await operations.endBackup({ id })
    return copied
  } catch (error) {
    // That it lapsed, or the broker has gone, is told already or matters less.
    await operations.endBackup({ id }).catch(() => undefined)
    throw error
  } finally {
    clearInterval(extending)
  }
}

function copyFiles(from: string, to: string): Promise<Pick<Backup, 'files' | 'bytes'>> {
  const words = ['--disable-warning=ExperimentalWarning', copyProcess, from, to]
  return new Promise((resolve, reject) => {
    execFile(process.execPath, words, (error, stdout) => {
      const { files, bytes, fault }: { files?: number; bytes?: number; fault?: string } = JSON.parse(stdout || '{}')
      if (!error && files !== undefined && bytes !== undefined) return resolve({ files, bytes })
      const why = fault ?? (error?.signal ? `ended by ${error.signal}` : `ended with ${error?.code}`)
      reject(new PortreeveError('PRV_BROKER_BACKUP_COPY', { folder: to, fault: why }, { cause: error }))
    })
  })
}

async function putInPlace(unfinished: string, to: string): Promise<void> {
  try {
    await rename(unfinished, to)
    if (process.platform === 'win32') return
    await using above = await open(dirname(to), 'r')
    await above.sync()
  } catch (cause) {
    const fault = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new PortreeveError('PRV_BROKER_BACKUP_COPY', { folder: to, fault }, { cause })
  }
}

/** As a start on the copy would find it. */
async function problemsOf(configuration: Configuration): Promise<readonly string[]> {
  const { operations, close } = await connectOrOpen(configuration)
  try {
    return await operations.check()
  } finally {
    await close()
  }
}
