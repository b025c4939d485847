import { PortreeveError } from '@portreeve/errors'
import type { Position } from './ledger-record.ts'

/** Who waits until the ledger has read a record. */
export interface PositionWaiters {
  wait(position: Position, next: number, signal?: AbortSignal): Promise<void>
  reached(topic: string, partition: number, next: number): void
  /** Rejects all that still wait, with `PRV_LEDGER_CLOSED`. */
  close(): void
}

interface Waiter {
  readonly position: Position
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export function positionWaiters(): PositionWaiters {
  const waiters = new Set<Waiter>()
  let isClosed = false
  const closed = ({ topic, partition, offset }: Position) =>
    new PortreeveError('PRV_LEDGER_CLOSED', { topic, partition, offset })
  return {
    async wait(position, next, signal) {
      signal?.throwIfAborted()
      if (isClosed) throw closed(position)
      if (next > position.offset) return
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const waiter = { position, resolve, reject }
      const abort = () => reject(signal?.reason)
      signal?.addEventListener('abort', abort, { once: true })
      waiters.add(waiter)
      try {
        await promise
      } finally {
        waiters.delete(waiter)
        signal?.removeEventListener('abort', abort)
      }
    },
    reached(topic, partition, next) {
      for (const { position, resolve } of waiters) {
        if (position.topic === topic && position.partition === partition && position.offset < next) resolve()
      }
    },
    close() {
      isClosed = true
      for (const { position, reject } of waiters) reject(closed(position))
    },
  }
}
