import { openDatabase } from '@portreeve/database'
import { type Attempts, attemptsIn } from './attempts.ts'
import { type Cursors, cursorsIn } from './cursors.ts'
import { migrations } from './migrations.ts'
import { type ParkedMessages, parkedMessagesIn } from './parked-messages.ts'
import { type ProcessStore, processStoreIn } from './process-instances.ts'
import { type SeenMessages, seenMessagesIn } from './seen-messages.ts'
import { type SharedChanges, sharedChangesIn } from './shared-changes.ts'

/** `PSta` in ASCII: tells a state database from other SQLite files. */
const applicationId = 0x50537461

export interface StateOptions {
  /** A file, made when absent, in a folder that exists; or `:memory:`. One process at a time. */
  readonly path: string
  /** Default: the machine's clock. */
  readonly now?: () => Date
  /** Most pages of 4 KiB that the file may have; then `PRV_DATABASE_DISK_FULL`. Default: no limit. */
  readonly maxPageCount?: number
}

/**
 * What patterns remember between two messages and over restarts. Whatever a method writes is on disk when it resolves,
 * whole or not at all. Methods reject with `PRV_DATABASE_*`, after `close` with `PRV_DATABASE_CLOSED`.
 */
export interface State extends Disposable {
  readonly seen: SeenMessages
  readonly attempts: Attempts
  readonly parked: ParkedMessages
  readonly cursors: Cursors
  readonly processes: ProcessStore
  /** For several workers: then the methods above that write attempts, parked messages or cursors are left alone. */
  readonly shared: SharedChanges
  /** Holds the file still while another process copies it, until `thaw`. Idempotent. Throws `PRV_DATABASE_BUSY`. */
  freeze(): void
  /** Idempotent. */
  thaw(): void
  /** Idempotent. */
  close(): void
}

/** Throws what `openDatabase` throws: `PRV_DATABASE_OWNED`, `…_NEWER`, `…_FOREIGN`, `…_DAMAGED`, `…_READ_ONLY`, … */
export function openState({ path, now = () => new Date(), maxPageCount }: StateOptions): State {
  const database = openDatabase({
    path,
    applicationId,
    migrations,
    synchronous: 'FULL',
    ...(maxPageCount !== undefined && { maxPageCount }),
  })
  const close = () => database.close()
  let changedAt: Date | null = null
  const attempts = attemptsIn(database)
  const parked = parkedMessagesIn(database, () => changedAt ?? now())
  const cursors = cursorsIn(database)
  const writes = { ...attempts, ...parked, reach: cursors.set }
  return {
    seen: seenMessagesIn(database, now),
    attempts: {
      ...attempts,
      begin: async (...told) => attempts.begin(...told),
      end: async (...told) => attempts.end(...told),
    },
    parked: {
      ...parked,
      park: async (...told) => parked.park(...told),
      release: async (...told) => parked.release(...told),
      conclude: async (...told) => parked.conclude(...told),
      settle: async (...told) => parked.settle(...told),
    },
    cursors: { ...cursors, set: async (...told) => cursors.set(...told) },
    processes: processStoreIn(database, now),
    shared: sharedChangesIn(database, writes, (at) => {
      changedAt = at
    }),
    freeze: () => database.freeze(),
    thaw: () => database.thaw(),
    close,
    [Symbol.dispose]: close,
  }
}
