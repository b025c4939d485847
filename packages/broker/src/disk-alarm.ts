import { statfs } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Configuration } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import type { BrokerEvents } from './events.ts'

const everyMs = 30_000
const megabyte = 1024 * 1024

export interface DiskAlarm {
  readonly configuration: Pick<Configuration, 'dataFolder' | 'diskAlarmMegabytes'>
  readonly events: Pick<BrokerEvents, 'failed' | 'recovered'>
  readonly signal: AbortSignal
  /** Default: twice a minute. */
  readonly everyMs?: number
}

/** Tells once when the disk of the data folder is nearly full, before anything fails for it, and when it is so no more. */
export async function watchDiskUntilStopped(options: DiskAlarm): Promise<void> {
  const { configuration, events, signal } = options
  while (!signal.aborted) {
    try {
      await refuseLowDisk(configuration)
      events.recovered('disk')
    } catch (error) {
      events.failed('disk', error)
    }
    await sleep(options.everyMs ?? everyMs, undefined, { signal }).catch(() => undefined)
  }
}

/** Rejects with `PRV_BROKER_DISK_LOW`. */
async function refuseLowDisk({ dataFolder, diskAlarmMegabytes }: DiskAlarm['configuration']): Promise<void> {
  const { bavail, bsize } = await statfs(dataFolder)
  const freeMegabytes = Math.floor((bavail * bsize) / megabyte)
  if (freeMegabytes >= diskAlarmMegabytes) return
  throw new PortreeveError('PRV_BROKER_DISK_LOW', { folder: dataFolder, freeMegabytes, diskAlarmMegabytes })
}
