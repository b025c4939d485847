import { setTimeout as sleep } from 'node:timers/promises'
import type { Operations } from '../operations.ts'
import type { CaseInbox } from './case-inbox.ts'

const patienceMs = 30_000
const lookEveryMs = 10

export interface Quiet {
  readonly operations: Pick<Operations, 'status' | 'transaction'>
  readonly inboxes: readonly CaseInbox[]
  /** References of the transactions so far. */
  readonly references: readonly string[]
  readonly now: () => Date
  /** What keeps something from working at all, in a sentence. */
  readonly fault: () => string | undefined
  readonly signal?: AbortSignal | undefined
}

/** Resolves when all that was given has come to its end; if it does not, with a sentence that says why. */
export async function untilQuiet(quiet: Quiet): Promise<string | undefined> {
  const deadline = performance.now() + patienceMs
  let waitsFor: string | undefined
  let quietLooks = 0
  while (performance.now() < deadline) {
    quiet.signal?.throwIfAborted()
    const failed = quiet.fault()
    if (failed !== undefined) return failed
    const look = await lookOnce(quiet)
    waitsFor = look.waitsFor
    // What one sends on may have come to another one behind the look at that one, and so on.
    quietLooks = waitsFor === undefined ? quietLooks + 1 : 0
    if (quietLooks > look.steps) return undefined
    await sleep(lookEveryMs)
  }
  return `After ${patienceMs / 1000} seconds it still waited for ${waitsFor ?? 'nothing that can be told'}.`
}

async function lookOnce(quiet: Quiet): Promise<{ readonly waitsFor: string | undefined; readonly steps: number }> {
  const { receivers, splitters, processes, counts } = await quiet.operations.status()
  const steps = receivers.length + 2 * processes.length
  const late = receivers.find(({ lag }) => lag > 0)
  const open = counts.find(({ state }) => state === 'waiting' || state === 'unknown')
  const busy = processes.find(({ lag }) => lag > 0)
  if (quiet.inboxes.some(({ isSettled }) => !isSettled)) return { waitsFor: 'what was given to come in', steps }
  if (splitters.some(({ lag }) => lag > 0)) return { waitsFor: 'the documents to be read', steps }
  if (busy) return { waitsFor: `the process ${busy.process} to decide`, steps }
  if (late) return { waitsFor: `${late.receiver} to take all`, steps }
  if (open) return { waitsFor: `an answer of ${open.receiver}`, steps }
  return { waitsFor: (await isSomethingDue(quiet)) ? 'what is due to be noticed' : undefined, steps }
}

async function isSomethingDue({ operations, references, now }: Quiet): Promise<boolean> {
  for (const reference of references) {
    const { systems = [] } = (await operations.transaction({ reference })) ?? {}
    if (systems.some(({ confirmBy }) => confirmBy !== undefined && new Date(confirmBy) <= now())) return true
  }
  return false
}
