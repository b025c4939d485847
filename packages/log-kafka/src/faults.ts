import { numberOfText } from './fault-table.ts'
import type { RawError, RawProducer } from './rdkafka.ts'

interface Telling {
  readonly fac: string
  readonly message: string
}

/** Setting of a client that `listenForRefusals` is to hear of; it tells next to nothing while all goes well. */
export const tellingRefusals = { debug: 'broker' } as const

/** Refused again and again until it is too late: by texts of librdkafka. */
const repeated = [
  'not enough in-sync replicas',
  'message(s) written to insufficient number of in-sync replicas',
  'disk error when trying to access log file on disk',
]
const staleAfterMs = 60_000

/**
 * The last refusal that a client has not told in an answer, for it repeats such a request until the time is over, and then says
 * only that it is. `null` when there was none within a minute.
 */
export function listenForRefusals(raw: Pick<RawProducer, 'on'>): () => RawError | null {
  let last: { readonly error: RawError; readonly toldMs: number } | null = null
  raw.on('event.log', ({ fac, message }: Telling) => {
    if (fac !== 'REQERR') return
    const text = repeated.find((one) => message.toLowerCase().includes(`broker: ${one}`))
    const code = text === undefined ? undefined : numberOfText[text]
    if (code !== undefined) last = { error: { code, message }, toldMs: Date.now() }
  })
  return () => (last && Date.now() - last.toldMs < staleAfterMs ? last.error : null)
}
