import { isDeepStrictEqual } from 'node:util'
import type { ConfigurationRecord } from '@portreeve/configuration'

/** Parts of `broker.yaml` that live as long as the process. */
const asLongAsProcess = ['dataFolder', 'sharedFolder', 'log', 'telemetry'] as const

/** Names of the settings that a broker takes over by a restart only, of those that differ. */
export function needsRestart(before: ConfigurationRecord, after: ConfigurationRecord): readonly string[] {
  const settings = asLongAsProcess.filter((name) => !isDeepStrictEqual(before.broker[name], after.broker[name]))
  return isDeepStrictEqual(doorOf(before), doorOf(after)) ? settings : [...settings, 'door']
}

/** But for its keys, which may change while it is open; whether any are asked for may not. */
function doorOf({ broker: { door } }: ConfigurationRecord): unknown {
  if (typeof door !== 'object' || door === null) return door
  const { apiKeys, ...rest }: { readonly apiKeys?: unknown } = { ...door }
  return { ...rest, asksForKeys: Array.isArray(apiKeys) && apiKeys.length > 0 }
}
