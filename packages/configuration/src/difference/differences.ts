import type { ConfigurationRecord } from '../configuration-record.ts'
import type { Change } from './change.ts'
import { changedAdapters, changedBroker, changedDoor, changedTopics } from './changed-broker.ts'
import { changedFiles, changedMappings, changedProcesses, changedQuality } from './changed-files.ts'
import { changedRoutes } from './changed-routes.ts'

const kinds = [
  changedBroker,
  changedDoor,
  changedAdapters,
  changedRoutes,
  changedMappings,
  changedProcesses,
  changedQuality,
  changedFiles,
  changedTopics,
]

/** What one configuration says otherwise than another one, by group and name; nothing where both say the same. */
export function differences(before: ConfigurationRecord, after: ConfigurationRecord): readonly Change[] {
  return kinds.flatMap((changed) => changed(before, after))
}
