import { exitCodes } from './exit-codes.ts'

/** Two signals within this time are one press of the keys: a shell and npm may both pass it on. */
const samePressMs = 300

export interface Interruption extends Disposable {
  /** Resolves at the first Ctrl-C or SIGTERM. */
  readonly first: Promise<void>
}

/** Listens for Ctrl-C and SIGTERM from now until it is disposed; a second one ends the process at once. */
export function listenForInterruption(): Interruption {
  const { promise: first, resolve } = Promise.withResolvers<void>()
  let firstAt: number | undefined
  const onSignal = () => {
    const now = performance.now()
    if (firstAt !== undefined && now - firstAt > samePressMs) process.exit(exitCodes.stoppedAtOnce)
    firstAt ??= now
    resolve()
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  return { first, [Symbol.dispose]: () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal) }
}
