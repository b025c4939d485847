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
  const { throttle, breaker, slowStart } = run.parts
  const isAgain = [...run.again.values()].includes(wanted)
  await throttle.wait(wanted.length, run.signal)
  for (;;) {
    const pass = await breaker.enter(run.signal)
    if (pass === null) return null
    const count = slowStart.begin(wanted.length, isAgain)
    if (count > 0) {
      throttle.giveBack(wanted.length - count)
      return { pass, slots: wanted.slice(0, count), end: (answered) => slowStart.end(count, answered) }
    }
    pass.undecided()
    await settledOrAborted(slowStart.changed, run.signal)
  }
}
