import type { LogCapabilities } from '@portreeve/log'

/** What the engine promises over Apache Kafka. */
export const capabilities: LogCapabilities = Object.freeze({
  engine: 'kafka',
  durable: true,
  atomicWriteSet: true,
  positionMetadata: true,
  denseOffsets: false,
  sharedByProcesses: true,
  reclaimsDisk: false,
  compaction: true,
})
