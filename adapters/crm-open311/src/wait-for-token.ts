import { setTimeout as sleep } from 'node:timers/promises'

/** Between one question and the next, in milliseconds: a service that takes longer is asked by the reference later on. */
const pausesMs = [50, 100, 200, 400, 800, 1600]

/** Asks until there is an answer; `null`: there was none in good time. */
export async function waitForToken<Answer>(
  ask: () => Promise<Answer | null>,
  signal: AbortSignal,
): Promise<Answer | null> {
  for (const pauseMs of pausesMs) {
    const answer = await ask()
    if (answer !== null) return answer
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
  }
  return await ask()
}
