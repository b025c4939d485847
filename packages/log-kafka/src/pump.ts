import { setTimeout as sleep } from 'node:timers/promises'
import { call, type RawConsumer, type RawMessage } from './rdkafka.ts'

const atMost = 1000
const longestPauseMs = 20

/**
 * Asks a client for records again and again, and gives them on, also when there are none: whoever has paused every partition
 * has to be asked, too, whether it can take more. A call waits in one of Node's few pool threads, so it waits
 * for a moment only, and the pauses between are spent here.
 */
export async function pump(
  raw: RawConsumer,
  give: (messages: readonly RawMessage[]) => void,
  signal: AbortSignal,
): Promise<void> {
  raw.setDefaultConsumeTimeout(1)
  let pauseMs = 1
  while (!signal.aborted) {
    const messages = await call<readonly RawMessage[]>((done) => raw.consume(atMost, done))
    give(messages)
    if (messages.length > 0) {
      pauseMs = 1
    } else {
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
      pauseMs = Math.min(2 * pauseMs, longestPauseMs)
    }
  }
}
