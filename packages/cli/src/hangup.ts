import type { Operations } from '@portreeve/broker'
import { isPortreeveError } from '@portreeve/errors'
import type { ToldEvents } from './broker-events.ts'

/**
 * From now on until it is disposed, SIGHUP has the broker take over its configuration as it stands then; what was refused is told,
 * and the broker goes on. That it was taken over, the broker tells itself. Windows has no such signal.
 */
export function applyOnHangup(
  { applyConfiguration }: Pick<Operations, 'applyConfiguration'>,
  { tell }: Pick<ToldEvents, 'tell'>,
): Disposable {
  const onHangup = () => void applyConfiguration({}).catch(refused)
  process.on('SIGHUP', onHangup)
  return { [Symbol.dispose]: () => void process.off('SIGHUP', onHangup) }

  async function refused(error: unknown): Promise<void> {
    if (!isPortreeveError(error)) throw error
    const { code, message, remedy } = error
    const text = `The configuration was not taken over: ${code} ${message} ${remedy}`
    await tell({ event: 'notTakenOver', code, sentence: message, remedy }, text, 'err')
  }
}
