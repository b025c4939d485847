import { randomUUID } from 'node:crypto'
import type { Log } from '@portreeve/log'
import type { LogHarness } from '@portreeve/log/contract'
import type { KafkaConnection } from './connection.ts'
import { openKafkaLog } from './open.ts'

/** Logs of their own, under prefixes, on a cluster that runs when the first of them is opened. */
export function clusterHarness(connection: () => KafkaConnection): LogHarness {
  const prefixes = new Map<Log, string>()
  const openUnder = async (prefix: string) => {
    const log = await openKafkaLog({ ...connection(), prefix })
    prefixes.set(log, prefix)
    return log
  }
  const prefixOf = (log: Log) => prefixes.get(log) ?? ''
  return {
    open: () => openUnder(`${randomUUID().slice(0, 8)}.`),
    reopen: async (log) => {
      await log.close()
      return await openUnder(prefixOf(log))
    },
    openBeside: (log) => openUnder(prefixOf(log)),
    patienceMs: 30_000,
  }
}
