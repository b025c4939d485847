import { faultTable, numberOfText } from './fault-table.ts'
import { isRawError, type RawError, type RawProducer } from './rdkafka.ts'

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
/** What makes a transaction fail, so that its records are only told of as not sent. */
const refusedOfAll = ['topic authorization failed', 'group authorization failed']
const tellings: Readonly<Record<string, readonly string[]>> = { REQERR: repeated, TXNERR: refusedOfAll }
/** Numbers that only say that something did not come about in time. */
const vague: ReadonlySet<number> = new Set([-195, -193, -192, -187, -185, -152, -151, 7])
const staleAfterMs = 60_000

/**
 * Puts what a client was refused within the last minute in the place of an error that only says that the time is over: it repeats
 * some refused requests until then, or forgets why it sent nothing, and tells of that beside its answers.
 */
export function listenForRefusals(raw: Pick<RawProducer, 'on'>): (error: unknown) => unknown {
  let last: { readonly error: RawError; readonly toldMs: number } | null = null
  raw.on('event.log', ({ fac, message }: Telling) => {
    const text = tellings[fac]?.find((one) => message.toLowerCase().includes(`broker: ${one}`))
    const code = text === undefined ? undefined : numberOfText[text]
    if (code !== undefined) last = { error: { code, message }, toldMs: Date.now() }
  })
  return (error) => {
    const isFresh = last && Date.now() - last.toldMs < staleAfterMs
    return last && isFresh && isVague(error) ? { ...last.error, cause: error } : error
  }
}

/** A broker will never take it, however often it is sent. */
export function isRefusedForGood(error: unknown): boolean {
  const code = isRawError(error) ? faultTable[numberOf(error)] : undefined
  return code === 'PRV_KAFKA_RECORD_TOO_LARGE'
}

function isVague(error: unknown): boolean {
  return isRawError(error) && vague.has(numberOf(error))
}

function numberOf({ message, code }: RawError): number {
  return numberOfText[message] ?? code
}
