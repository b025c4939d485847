import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where one broker keeps everything. The log's folder carries the lock: whoever opens it owns the rest too. */
export interface DataFolder {
  readonly path: string
  readonly log: string
  readonly state: string
  readonly ledger: string
  readonly claims: string
  /** Secret of the status addresses and of the ids that senders give; made when a door is first opened. */
  readonly doorKey: string
  /** There in a copy that was put back, until a broker has started on it. */
  readonly restored: string
  /** The configuration that a broker worked with last, without secrets. */
  readonly activeConfiguration: string
  /** Address of the admin socket: a file, or a named pipe on Windows. */
  readonly adminSocket: string
}

/** Longest path that every system takes as the address of a local socket, in bytes. */
const maxSocketPathBytes = 100

/** `shared`: of several brokers, where what all of them need lies. */
export function dataFolder(path: string, shared = path): DataFolder {
  const absolute = resolve(path)
  const common = resolve(shared)
  return {
    path: absolute,
    log: join(absolute, 'log'),
    state: join(absolute, 'state.db'),
    ledger: join(absolute, 'ledger.db'),
    claims: join(common, 'claims'),
    doorKey: join(common, 'door.key'),
    restored: join(absolute, 'restored'),
    activeConfiguration: join(absolute, 'configuration.json'),
    adminSocket: adminSocket(absolute),
  }
}

/** Makes the folders when they are not there, for their owner alone: citizens' data will lie in it. */
export async function makeDataFolder(path: string, shared = path): Promise<DataFolder> {
  const folder = dataFolder(path, shared)
  for (const made of [folder.path, resolve(shared)]) await mkdir(made, { recursive: true, mode: 0o700 })
  return folder
}

function adminSocket(absolute: string): string {
  const short = createHash('sha256').update(absolute).digest('hex').slice(0, 16)
  if (process.platform === 'win32') return `\\\\.\\pipe\\portreeve-${short}`
  const inside = join(absolute, 'admin.sock')
  return Buffer.byteLength(inside) <= maxSocketPathBytes ? inside : join(tmpdir(), `portreeve-${short}.sock`)
}
