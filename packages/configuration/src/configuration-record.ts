import { isDeepStrictEqual } from 'node:util'
import { type AdapterDeclaration, redact } from '@portreeve/adapter-sdk'
import type {
  Configuration,
  MappingConfiguration,
  ProcessConfiguration,
  QualityConfiguration,
  Route,
} from './configuration.ts'
import { digestsOfFiles } from './files-of-adapters.ts'
import { isByReference } from './references.ts'
import { versionOf } from './version-of.ts'

type Plain = Readonly<Record<string, unknown>>
type ByName<Value> = Readonly<Record<string, Value>>

/**
 * What a folder of configuration said when it was read: JSON that may be kept and shown. What stands outside is named as the files
 * name it (`${env:NAME}`), and a secret that stands in a file is covered.
 */
export interface ConfigurationRecord {
  /** Digest of all the rest: twelve hexadecimal digits. */
  readonly version: string
  /** `broker.yaml`, as it is written. */
  readonly broker: Plain & { readonly adapters: ByName<Plain & { readonly adapter: string }> }
  readonly routes: ByName<Omit<Route, 'place'>>
  readonly processes: ByName<Omit<ProcessConfiguration, 'place'>>
  readonly quality: ByName<Omit<QualityConfiguration, 'place'>>
  readonly mappings: ByName<Pick<MappingConfiguration, 'name' | 'from' | 'to' | 'script'>>
  /** SHA-256 of each file that an adapter's settings name as part of the configuration, such as a template. */
  readonly files: ByName<string>
}

type Parts = Pick<Configuration, 'folder' | 'adapters' | 'routes' | 'processes' | 'quality' | 'mappings'>

/** `written`: `broker.yaml` before references are resolved, known to be sound. */
export async function configurationRecord(
  parts: Parts,
  written: unknown,
  declarations: readonly AdapterDeclaration[],
): Promise<ConfigurationRecord> {
  const said = {
    broker: brokerRecord(written as ConfigurationRecord['broker'], declarations),
    routes: byName(parts.routes.map(withoutPlace)),
    processes: byName(parts.processes.map(withoutPlace)),
    quality: byName(parts.quality.map(withoutPlace)),
    mappings: byName(parts.mappings.map(({ name, from, to, script }) => ({ name, from, to, script }))),
    files: await digestsOfFiles(parts, declarations),
  }
  return { version: versionOf(said), ...said }
}

function brokerRecord(
  written: ConfigurationRecord['broker'],
  declarations: readonly AdapterDeclaration[],
): ConfigurationRecord['broker'] {
  const adapters = Object.entries(written.adapters).map(([label, { adapter, ...settings }]) => {
    const declaration = declarations.find(({ name }) => name === adapter)
    const shown = declaration ? redact(declaration, settings) : {}
    return [label, { adapter, ...(merged(shown, settings) as Plain) }]
  })
  return { ...written, adapters: Object.fromEntries(adapters) }
}

/** What is covered, but where a reference stands there, which says only where the secret is. */
function merged(shown: unknown, written: unknown): unknown {
  if (isDeepStrictEqual(shown, written)) return shown
  if (typeof written === 'string') return isByReference(written) ? written : shown
  if (!isPlain(shown) || !isPlain(written)) return shown
  return Object.fromEntries(Object.entries(shown).map(([key, value]) => [key, merged(value, written[key])]))
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function withoutPlace<Value extends { readonly place: unknown }>({ place: _place, ...rest }: Value) {
  return rest
}

function byName<Value extends { readonly name: string }>(values: readonly Value[]): ByName<Value> {
  return Object.fromEntries(values.map((value) => [value.name, value]))
}
