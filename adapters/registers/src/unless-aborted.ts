import { PortreeveError } from '@portreeve/errors'

/** The value, or `PRV_ENDPOINTS_STOPPED` as soon as the signal aborts; what was begun goes on for whoever else waits for it. */
export async function unlessAborted<Value>(value: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const stopped = Promise.withResolvers<never>()
  const stop = () => stopped.reject(new PortreeveError('PRV_ENDPOINTS_STOPPED', { operation: 'Reading a register' }))
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    return await Promise.race([value, stopped.promise])
  } finally {
    signal.removeEventListener('abort', stop)
    value.catch(() => undefined)
  }
}
