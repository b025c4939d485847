import type { Configuration, ProcessConfiguration } from '@portreeve/configuration'
import type { ProcessDefinition } from '@portreeve/core'

/** The processes of a configuration as the Process Manager wants them, by name. */
export function definitionsOf({ processes }: Pick<Configuration, 'processes'>): ReadonlyMap<string, ProcessDefinition> {
  return new Map(processes.map((process) => [process.name, definitionOf(process)]))
}

function definitionOf({ name, systems, acknowledgement, alert, holidays }: ProcessConfiguration): ProcessDefinition {
  return { name, systems, acknowledgement, alert, holidays }
}
