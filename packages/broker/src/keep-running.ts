import { setTimeout as sleep } from 'node:timers/promises'
import type { Consumer } from '@portreeve/log'
import type { BrokerEvents } from './events.ts'

const waitAfterFaultMs = 1000
/** A fault that does not come again for so long is over. */
const overAfterMs = 5000

/**
 * Keeps a consumer running: when a fault ends it (a full disk, a damaged record, a handler that rejected), the fault is
 * told and the consumer is started again from its position. Nothing is skipped: a lasting fault holds this consumer only.
 */
export async function keepRunning(
  what: string,
  start: () => Consumer,
  events: Pick<BrokerEvents, 'failed' | 'recovered'>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const consumer = start()
    const stop = () => void consumer.stop().catch(() => undefined)
    signal.addEventListener('abort', stop, { once: true })
    const over = setTimeout(() => events.recovered(what), overAfterMs)
    try {
      await consumer.done
      if (signal.aborted) return
    } catch (error) {
      if (signal.aborted) return
      events.failed(what, error)
    } finally {
      clearTimeout(over)
      signal.removeEventListener('abort', stop)
    }
    await sleep(waitAfterFaultMs, undefined, { signal }).catch(() => undefined)
  }
}
