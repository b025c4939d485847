import { isUtf8 } from 'node:buffer'
import type { Configuration, Route } from '@portreeve/configuration'
import { PortreeveError } from '@portreeve/errors'
import type { Ledger, LedgerMessage } from '@portreeve/ledger'
import type { Log } from '@portreeve/log'
import type { ParkedKey, ParkedMessage, State } from '@portreeve/state'
import { adapterNamed } from './adapters.ts'
import type { BackupHold } from './backup/backup-hold.ts'
import { bodyProblems } from './canonical-body.ts'
import { checkEverything } from './check-everything.ts'
import { dataFolder } from './data-folder.ts'
import type { Pause } from './events.ts'
import { fromRecord } from './message-record.ts'
import type { DeadLetter, DeadLetterDetail, FoundMessage, Operations, Status } from './operations.ts'
import { processCounts } from './process/process-counts.ts'
import { processOperations } from './process/process-operations.ts'
import type { Receiver } from './receivers.ts'
import { isUnreadable, recordAt } from './record-at.ts'
import { replayOperations } from './replay/replay-operations.ts'
import { wantedGroups } from './settle-groups.ts'
import { type ActiveConfiguration, readActiveConfiguration } from './takeover/active-configuration.ts'
import { foresee } from './takeover/foresee.ts'
import { refusalsOf, storyOf } from './track-story.ts'

export interface OpenParts {
  readonly configuration: Configuration
  readonly dataFolder: string
  readonly log: Log
  readonly state: State
  readonly ledger: Ledger
  readonly receivers: readonly Receiver[]
  readonly topics: readonly string[]
  readonly backupHold: BackupHold
  /** What only a running broker knows. */
  readonly running?: () => Pick<Status, 'pid' | 'since' | 'failing' | 'underWay'> & {
    readonly active: ActiveConfiguration
    readonly paused: ReadonlyMap<string, Pause & { readonly retryAt: string | null }>
  }
  /** Absent where no broker works. */
  readonly apply?: Operations['applyConfiguration']
  /** Called after a dead letter was released, so that it is sent at once. */
  readonly onReleased?: (receiver: string) => void
  /** Called after a person has started a replay or stopped one. */
  readonly onReplayDecided?: () => void
}

/** The operations on stores that this process has open. */
export function localOperations(parts: OpenParts): Operations {
  const { log, state, ledger, receivers } = parts
  return {
    async status() {
      const running = parts.running?.()
      // Before the receivers, so that what goes from one to the other meanwhile is seen.
      const splitters = await Promise.all(
        parts.configuration.routes
          .filter(({ kind }) => kind === 'split')
          .map(async (route) => ({ route: route.name, lag: await lagOf(log, route.name, route) })),
      )
      return {
        broker: running ? 'running' : 'stopped',
        pid: running?.pid ?? null,
        since: running?.since ?? null,
        dataFolder: parts.dataFolder,
        counts: ledger.counts(),
        receivers: await Promise.all(
          receivers.map(async ({ name, route }) => {
            return { receiver: name, lag: await lagOf(log, name, route), paused: running?.paused.get(name) ?? null }
          }),
        ),
        splitters,
        processes: await processCounts({ ...parts, store: state.processes }),
        underWay: running?.underWay ?? [],
        failing: running?.failing ?? [],
      }
    },

    async search({ after, limit = 50, ...query }) {
      const page = ledger.search({
        ...query,
        limit: Math.min(limit, 1000),
        ...(after !== undefined && { after: Number(after) }),
      })
      return { messages: page.messages.map(found), next: page.next === null ? null : String(page.next) }
    },

    async track({ reference, messageId }) {
      const track = ledger.track(reference === undefined ? { messageId: messageId ?? '' } : { reference })
      if (!track) return null
      const refusals = await refusalsOf(track, log)
      return {
        reference: track.message.reference,
        message: found(track.message),
        children: track.children.map(found),
        childrenInAll: track.childrenInAll,
        summary: track.summary,
        timeLine: await storyOf(track, refusals, state.parked),
        refusals,
      }
    },

    async deadLetters(query) {
      const page = await state.parked.list(query)
      return { keys: page.keys.map(deadLetterOf), next: page.next }
    },

    async deadLetter({ receiver, key }) {
      const detail = await state.parked.show(receiver, key)
      if (!detail) return null
      const [first] = detail.messages
      const body = first && (await bodyAt(log, first.place))
      return {
        receiver,
        key,
        state: detail.state,
        reference: first?.reference ?? '',
        messageId: first?.messageId ?? '',
        since: first?.since.toISOString() ?? '',
        code: first?.failure?.code ?? null,
        reason: first?.failure?.reason ?? null,
        behind: Math.max(0, detail.messages.length - 1),
        behindReferences: detail.messages.slice(1, 11).map(({ reference }) => reference),
        beforeRetry: first ? beforeRetry(first, receivers.find(({ name }) => name === receiver)?.label) : null,
        body: body?.text ?? null,
        contentType: body?.contentType ?? null,
        events: detail.events.map(({ at, what, messageId, failure, release }) => ({
          at: at.toISOString(),
          what: release?.discards ? 'discarded' : what,
          messageId,
          reference: ledger.search({ messageId, limit: 1 }).messages[0]?.reference ?? null,
          by: release?.by ?? null,
          why: release?.why ?? null,
          code: failure?.code ?? null,
          reason: failure?.reason ?? null,
        })),
      }
    },

    async retryDeadLetter({ receiver, key, messageId, by, why, editedBody }) {
      const edited = editedBody === undefined ? {} : { editedBody: new TextEncoder().encode(editedBody) }
      const first = (await state.parked.show(receiver, key))?.messages[0]
      if (edited.editedBody && first?.messageId === messageId) {
        await refuseBadEdit(first.place.topic, edited.editedBody)
      }
      await state.parked.release(receiver, key, { messageId, by, why, ...edited })
      parts.onReleased?.(receiver)
    },

    async discardDeadLetter({ receiver, key, messageId, by, why }) {
      await state.parked.release(receiver, key, { messageId, by, why, discards: true })
      parts.onReleased?.(receiver)
    },

    ...processOperations({
      ...parts,
      store: state.processes,
      parked: state.parked,
      isRunning: parts.running !== undefined,
    }),

    ...replayOperations(parts),
    foresee: (plan) => foresee(plan, { log, state, present: presentGroups(parts) }),
    async activeConfiguration() {
      return parts.running?.().active ?? (await readActiveConfiguration(dataFolder(parts.dataFolder)))
    },
    async applyConfiguration(argument) {
      if (!parts.apply) throw new PortreeveError('PRV_BROKER_NOT_RUNNING', { folder: parts.dataFolder })
      return await parts.apply(argument)
    },
    beginBackup: () => parts.backupHold.begin(),
    extendBackup: ({ id }) => parts.backupHold.extend(id),
    endBackup: ({ id }) => parts.backupHold.end(id),
    check: () => checkEverything(parts),
  }

  function beforeRetry({ failure, batchId }: ParkedMessage, label?: string): DeadLetterDetail['beforeRetry'] {
    if (failure?.code !== 'PRV_CORE_OUTCOME_UNKNOWN' && batchId === null) return null
    const instance = parts.configuration.adapters.find((candidate) => candidate.label === label)
    const canBeAsked = instance && adapterNamed(instance.adapter)?.capabilities.lookup
    return canBeAsked && batchId !== null ? 'asks' : 'cannot-ask'
  }
}

/** None where nothing runs: a group that nobody waits for is not worth a word then. */
function presentGroups({ running, configuration, receivers }: OpenParts): ReadonlySet<string> {
  return new Set(running ? wantedGroups(configuration, receivers).map(({ name }) => name) : [])
}

async function lagOf(log: Log, group: string, { from }: Pick<Route, 'from'>): Promise<number> {
  const lags = await Promise.all(from.map((topic) => log.lag(group, topic)))
  return lags.reduce((sum, lag) => sum + lag, 0)
}

function found(message: LedgerMessage): FoundMessage {
  return {
    id: message.id,
    reference: message.reference,
    type: message.type,
    time: message.time.toISOString(),
    uprn: message.uprn,
    file: message.file?.name ?? null,
    configuration: message.configuration,
    replayOf: message.replayOf,
    state: message.state,
    receivers: message.receivers.map(({ receiver, state, since, code, reason, proof, sentence }) => {
      return { receiver, state, since: since.toISOString(), code, reason, proof, sentence }
    }),
  }
}

function deadLetterOf({ receiver, key, state, first, behind }: ParkedKey): DeadLetter {
  return {
    receiver,
    key,
    state,
    reference: first.reference,
    messageId: first.messageId,
    since: first.since.toISOString(),
    code: first.failure?.code ?? null,
    reason: first.failure?.reason ?? null,
    behind,
  }
}

/** The record's body as text; `null` when it is no UTF-8. `null` in all when the record cannot be read any more. */
async function bodyAt(log: Log, place: ParkedKey['first']['place']) {
  try {
    const { envelope, body } = fromRecord(await recordAt(log, place))
    return { text: isUtf8(body) ? new TextDecoder().decode(body) : null, contentType: envelope.dataContentType }
  } catch (error) {
    if (isUnreadable(error)) return null
    throw error
  }
}

/** An edit that makes no sense as a message of its type would only come back, or worse, be taken for another one. */
async function refuseBadEdit(type: string, body: Uint8Array): Promise<void> {
  const [first] = await bodyProblems(type, body)
  if (!first) return
  const { path, line = 0, sentence } = first
  throw new PortreeveError('PRV_BROKER_EDIT_REFUSED', { type, path, line, sentence })
}
