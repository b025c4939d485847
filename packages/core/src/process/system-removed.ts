import type { ProcessRecorded } from '@portreeve/model'
import { needsPerson } from './learn.ts'
import type { ProcessDefinition } from './process-definition.ts'
import { isDone, type ProcessInstance, type SystemProgress } from './process-instance.ts'
import type { Learnt } from './process-manager.ts'

/**
 * The system was taken out of the configuration before it was done: what came of it there, nobody will say by themselves. Whoever
 * asked was not told that it is done, so a person sees to it.
 */
export function systemRemoved(
  definition: ProcessDefinition,
  { system, at, configuration }: Extract<ProcessRecorded, { kind: 'system-removed' }>,
  instance: ProcessInstance,
): Learnt | null {
  const progress = instance.systems[system]
  const isBack = definition.systems.some(({ label }) => label === system)
  const isOver = instance.stage === 'ended' || instance.stage === 'rejected'
  if (!progress || isBack || isOver || isDone(progress) || progress.state === 'needs-a-person') return null
  const words = `It was taken out of the configuration (version ${configuration}) ${before(progress)}.`
  const next = needsPerson(definition, instance, system, {
    ...progress,
    since: at,
    code: 'PRV_CORE_SYSTEM_REMOVED',
    words,
  })
  return { ...next, instance: { ...next.instance, stage: instance.stage } }
}

function before({ state }: SystemProgress): string {
  if (state === 'delivered') return 'before it had confirmed the change'
  return state === 'waiting' ? 'before it was known to have the change' : 'before it was asked'
}
