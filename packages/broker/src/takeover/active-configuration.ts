import { readFile } from 'node:fs/promises'
import type { ConfigurationRecord } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
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

/** `null` where none was written down: no broker of this version has worked there. Rejects with `PRV_BROKER_ACTIVE_CONFIGURATION`. */
export async function readActiveConfiguration({
  activeConfiguration: file,
}: Place): Promise<ActiveConfiguration | null> {
  try {
    return activeOf(await readFile(file, 'utf8'), file)
  } catch (cause) {
    if (cause instanceof PortreeveError) throw cause
    const fault = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    if (fault === 'ENOENT') return null
    throw unusable(file, fault, cause)
  }
}

/** Rejects as the disk does. */
export async function writeActiveConfiguration(place: Place, active: ActiveConfiguration): Promise<void> {
  await writeDurably(place.activeConfiguration, `${JSON.stringify(active, null, 2)}\n`)
}

function activeOf(text: string, file: string): ActiveConfiguration {
  const value = parsed(text)
  if (isActive(value)) return value
  throw unusable(file, 'it does not hold what a broker of this version writes')
}

/** `undefined` for what is not JSON: the parser would cite the text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function unusable(file: string, fault: string, cause?: unknown): PortreeveError {
  return new PortreeveError('PRV_BROKER_ACTIVE_CONFIGURATION', { file, fault }, { cause })
}

function isActive(value: unknown): value is ActiveConfiguration {
  return typeof value === 'object' && value !== null && 'since' in value && 'record' in value && isRecord(value.record)
}

/** By its shape: an earlier version may have written other parts. */
function isRecord(value: unknown): boolean {
  const parts = ['broker', 'routes', 'processes', 'quality', 'mappings', 'files']
  return typeof value === 'object' && value !== null && parts.every((part) => part in value)
}
