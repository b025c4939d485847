import { setImmediate } from 'node:timers/promises'

/** Long enough for some records, short enough for who waits for an answer. */
const longestTurnMs = 10

/**
 * The same items, but everybody else on this thread has a turn in between: a reader that has its next record at hand already would
 * keep pollers, the admin socket and signals waiting until the whole chunk is read.
 */
export async function* withTurns<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item, void, undefined> {
  let since = performance.now()
  for await (const item of items) {
    yield item
    if (performance.now() - since < longestTurnMs) continue
    await setImmediate()
    since = performance.now()
  }
}
