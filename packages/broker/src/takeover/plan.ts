import type { Configuration } from '@portreeve/configuration'
import type { Arguments } from '../operation-arguments.ts'
import { receiversOf } from '../receivers.ts'
import { wantedGroups } from '../settle-groups.ts'
import { topicsOf } from '../topics.ts'

/** What of a configuration bears on what lies in a data folder already. */
export type Plan = Arguments['foresee']

export function planOf(configuration: Configuration): Plan {
  return {
    groups: wantedGroups(configuration, receiversOf(configuration)).map(({ name, topics, startFrom }) => ({
      name,
      topics: [...topics],
      ...(startFrom && { startFrom }),
    })),
    retired: [...configuration.retired],
    topics: topicsOf(configuration).map(({ name, partitions = 1 }) => ({ name, partitions })),
    processes: configuration.processes.map(({ name }) => name),
  }
}
