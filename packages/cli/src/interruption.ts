import { exitCodes } from './exit-codes.ts'

/** Two signals within this time are one press of the keys: a shell and npm may both pass it on. */
const samePressMs = 300

/** Resolves at the first Ctrl-C or SIGTERM from now on; the next one ends the process at once. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    let firstAt: number | undefined
    const onSignal = () => {
      const now = performance.now()
      if (firstAt !== undefined && now - firstAt > samePressMs) process.exit(exitCodes.stoppedAtOnce)
      firstAt ??= now
      resolve()
    }
    process.on('SIGINT', onSignal)
    process.on('SIGTERM', onSignal)
  })
}
