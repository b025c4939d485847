import { setTimeout as sleep } from 'node:timers/promises'

export interface UntilOptions {
  /** Default 15 seconds: far more than it takes, even on a busy machine. */
  readonly withinMs?: number
  /** Said when it does not come true: what is there instead. */
  readonly instead?: () => unknown
}

/** Resolves with the first answer that is neither `false`, `null` nor `undefined`; rejects when none comes in time. */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer | false | null | undefined> | Answer | false | null | undefined,
  { withinMs = 15_000, instead }: UntilOptions = {},
): Promise<Answer> {
  const end = performance.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== false && answer !== null && answer !== undefined) return answer
    if (performance.now() > end) {
      const found = instead ? `; instead: ${JSON.stringify(await instead(), null, 1)}` : ''
      throw new Error(`not within ${withinMs} ms: ${what}${found}`)
    }
    await sleep(10)
  }
}
