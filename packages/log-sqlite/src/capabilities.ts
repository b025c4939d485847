import type { LogCapabilities } from '@portreeve/log'

/** What the engine promises over a folder. */
export const capabilities: LogCapabilities = Object.freeze({
  engine: 'sqlite',
  durable: true,
  atomicWriteSet: true,
  positionMetadata: true,
  denseOffsets: true,
  sharedByProcesses: false,
  reclaimsDisk: true,
  compaction: false,
})

/** What it promises with `:memory:`, for trials and tests: everything goes when the log is closed. */
export const memoryCapabilities: LogCapabilities = Object.freeze({
  ...capabilities,
  durable: false,
  reclaimsDisk: false,
})
