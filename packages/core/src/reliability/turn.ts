import { type Pass, settledOrAborted } from './circuit-breaker.ts'
import type { Slot } from './delivery-message.ts'
import type { DeliveryRun } from './delivery-run.ts'

/** The right to send these once. End it once, before saying by `pass` what came of it. */
export interface Turn {
  /** As many of those wanted, from the first, as may go. */
  readonly slots: readonly Slot[]
  readonly pass: Pass
  /** `answered`: how many of them the receiver has answered. */
  readonly end: (answered: number) => void
}

/** Waits until some of the messages may be sent; `null` when the signal aborted first. What is sent again goes whole. */
export async function takeTurn(run: DeliveryRun, wanted: readonly Slot[]): Promise<Turn | null> {
  const { throttle, breaker, slowStart, clock } = run.parts
  const isAgain = [...run.again.values()].includes(wanted)
  for (;;) {
    const pass = await breaker.enter(run.signal)
    if (pass === null) return null
    const underWay = slowStart.begin(wanted.length, isAgain)
    if (underWay === null) {
      pass.undecided()
      await settledOrAborted(slowStart.changed, run.signal)
      continue
    }
    // Last, so that a turn is never kept for later: many of them would go at once then.
    const waitMs = throttle.take(underWay.messages)
    if (waitMs === 0) return { pass, slots: wanted.slice(0, underWay.messages), end: underWay.end }
    underWay.end(0)
    pass.undecided()
    await clock.sleep(waitMs, run.signal)
  }
}
