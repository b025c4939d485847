import { PortreeveError } from '@portreeve/errors'
import type { LogCapabilities } from '../capabilities.ts'
import type { Log } from '../log.ts'
import type { LogHarness } from './log-harness.ts'
import { MemoryLog } from './memory-log.ts'
import { bytesOf, MemoryStore } from './memory-store.ts'

/** Everything promised: a "disk" in memory that several may use. */
export const everyPromise: LogCapabilities = Object.freeze({
  engine: 'memory',
  durable: true,
  atomicWriteSet: true,
  positionMetadata: true,
  denseOffsets: true,
  sharedByProcesses: true,
  reclaimsDisk: true,
  compaction: true,
})

/** The other half of each flag. */
export const fewestPromises: LogCapabilities = Object.freeze({
  engine: 'memory',
  durable: false,
  atomicWriteSet: false,
  positionMetadata: false,
  denseOffsets: false,
  sharedByProcesses: false,
  reclaimsDisk: false,
  compaction: false,
})

export interface MemoryHarnessOptions {
  /** What the engine claims. */
  readonly capabilities: LogCapabilities
  /** What it does. Default: what it claims. */
  readonly behaviour?: LogCapabilities
  readonly patienceMs?: number
  /** Makes a liar of an honest log. */
  readonly corrupt?: (log: MemoryLog) => Log
  /** Happens to the disk between closing and opening. */
  readonly onReopen?: (store: MemoryStore) => void
}

export function memoryHarness(options: MemoryHarnessOptions): LogHarness {
  const { capabilities, behaviour = capabilities, corrupt = (log) => log, onReopen, ...rest } = options
  const stores = new Map<Log, MemoryStore>()
  let mostBytes = 0
  const openOn = (store: MemoryStore) => {
    const log = corrupt(new MemoryLog(store, capabilities, behaviour))
    stores.set(log, store)
    return log
  }
  const fresh = () => new MemoryStore(behaviour.denseOffsets ? 0 : 1)
  const storeOf = (log: Log) => stores.get(log) ?? fresh()
  return {
    ...rest,
    open: async () => openOn(fresh()),
    reopen: async (log) => {
      await log.close()
      onReopen?.(storeOf(log))
      return openOn(behaviour.durable ? storeOf(log) : fresh())
    },
    openBeside: async (log) => {
      if (behaviour.sharedByProcesses) return openOn(storeOf(log))
      throw new PortreeveError('PRV_LOG_FOLDER_OWNED', { folder: 'memory', owner: 'the first one' })
    },
    diskBytes: async (log) => {
      const partitions = [...storeOf(log).topics.values()].flatMap((topic) => topic.partitions)
      const bytes = partitions.flatMap(({ records }) => records).reduce((sum, record) => sum + bytesOf(record), 0)
      mostBytes = Math.max(mostBytes, bytes)
      return behaviour.reclaimsDisk ? bytes : mostBytes
    },
  }
}
