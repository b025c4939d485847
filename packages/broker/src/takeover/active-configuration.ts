import { readFile } from 'node:fs/promises'
import type { ConfigurationRecord } from '@portreeve/configuration'
import type { DataFolder } from '../data-folder.ts'
import { writeDurably } from '../durable-file.ts'

/** What a broker works with, or worked with last. */
export interface ActiveConfiguration {
  /** RFC 3339, UTC. */
  readonly since: string
  /** Absolute path of the folder that it was read from. */
  readonly folder: string
  readonly record: ConfigurationRecord
}

type Place = Pick<DataFolder, 'activeConfiguration'>

/** `null` where none was written down: no broker of this version has worked there. */
export async function readActiveConfiguration({ activeConfiguration }: Place): Promise<ActiveConfiguration | null> {
  try {
    const value: unknown = JSON.parse(await readFile(activeConfiguration, 'utf8'))
    return isActive(value) ? value : null
  } catch {
    return null
  }
}

/** Rejects as the disk does. */
export async function writeActiveConfiguration(place: Place, active: ActiveConfiguration): Promise<void> {
  await writeDurably(place.activeConfiguration, `${JSON.stringify(active, null, 2)}\n`)
}

function isActive(value: unknown): value is ActiveConfiguration {
  return typeof value === 'object' && value !== null && 'since' in value && 'record' in value && isRecord(value.record)
}

/** By its shape: an earlier version may have written other parts. */
function isRecord(value: unknown): boolean {
  const parts = ['broker', 'routes', 'processes', 'quality', 'mappings', 'files']
  return typeof value === 'object' && value !== null && parts.every((part) => part in value)
}
