import type { Log } from '@portreeve/log'
import { openSqliteLog } from '@portreeve/log-sqlite'
import { openState, type State } from '@portreeve/state'
import { referenceTopic } from '../reference-numbers.ts'
import { replayTopic } from '../replay/replay-topic.ts'
import { deliveryTopic, invalidMessageTopic } from '../topics.ts'

/** A real log and state in memory, with the broker's own topics and these. */
export async function memoryStores(
  ...topics: readonly string[]
): Promise<{ log: Log; state: State } & AsyncDisposable> {
  const log = await openSqliteLog({ folder: ':memory:' })
  for (const name of [referenceTopic, deliveryTopic, invalidMessageTopic, replayTopic, ...topics])
    await log.createTopic({ name })
  const state = openState({ path: ':memory:' })
  return {
    log,
    state,
    async [Symbol.asyncDispose]() {
      await log.close()
      state.close()
    },
  }
}
