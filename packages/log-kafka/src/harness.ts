import type { LogHarness } from '@portreeve/log/contract'
import type { KafkaConnection } from './connection.ts'
import { openKafkaLog } from './open.ts'

/** Logs on a cluster that runs when the first of them is opened. */
export function clusterHarness(connection: () => KafkaConnection): LogHarness {
  const open = () => openKafkaLog(connection())
  return {
    open,
    reopen: async (log) => {
      await log.close()
      return await open()
    },
    openBeside: open,
    patienceMs: 30_000,
  }
}
