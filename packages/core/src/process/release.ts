import type { ProcessDefinition } from './process-definition.ts'
import type { RequestEffect } from './process-effect.ts'
import { isDone, type ProcessInstance, withSystem } from './process-instance.ts'
import type { Advanced } from './process-manager.ts'
import { requestId } from './request-id.ts'

/**
 * Sends the requests whose turn it is. Of one key, no system hears of a later change before an earlier one: an instance that
 * waits for a decision holds up all behind it, and a system that could not be handed a change holds up its own later ones.
 */
export function releaseNext(definition: ProcessDefinition, inOrder: readonly ProcessInstance[], at: string): Advanced {
  const changed: ProcessInstance[] = []
  const effects: RequestEffect[] = []
  const blocked = new Set<string>()
  let held = false
  for (const instance of inOrder) {
    held ||= instance.stage === 'held'
    if (instance.stage !== 'open') continue
    let next = instance
    for (const { label } of definition.systems) {
      const progress = next.systems[label]
      if (progress?.state === 'withheld' && !held && !blocked.has(label)) {
        const { process, id, body, messageId } = next
        const attempt = progress.attempt + 1
        const request = { kind: 'request', process, instance: id, system: label, body: body ?? '', messageId } as const
        const { personReference } = progress
        effects.push({
          ...request,
          id: requestId({ process, instance: id, system: label, attempt }),
          ...(personReference !== undefined && { personReference }),
        })
        next = withSystem(
          next,
          label,
          { ...progress, state: 'waiting', since: at, attempt },
          { at, what: 'requested', system: label },
        )
      }
      const now = next.systems[label]
      if (now?.state === 'withheld' || (now?.state === 'needs-a-person' && !now.handedOver)) blocked.add(label)
    }
    const settled = ended(next)
    if (settled !== instance) changed.push(settled)
  }
  return { changed, effects }
}

/**
 * Over when every system is done: then nothing more is to be sent, and what was to be is forgotten. A system that is not in the
 * configuration any more is done like any other: when it said so before, or when a person says so.
 */
function ended(instance: ProcessInstance): ProcessInstance {
  return Object.values(instance.systems).every(isDone) ? { ...instance, stage: 'ended', body: null } : instance
}
