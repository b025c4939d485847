import { randomBytes } from 'node:crypto'

/** W3C Trace Context, `traceparent` of version 00. */
export interface TraceParent {
  readonly traceId: string
  readonly spanId: string
  readonly isSampled: boolean
}

const idsBytes = 24
/** Random bytes are asked for in bulk: it takes as long as for a few. */
const bulk = 256
let ids = Buffer.alloc(0)

/** A trace that nobody records: what follows can be told together by its id all the same. */
export function newTraceParent(): string {
  if (ids.length === 0) ids = randomBytes(bulk * idsBytes)
  const text = ids.toString('hex', 0, idsBytes)
  ids = ids.subarray(idsBytes)
  return `00-${text.slice(0, 32)}-${text.slice(32)}-00`
}

/**
 * `null` for what is none. Of a later version the beginning is read, as the specification wants; ids of zeros are invalid
 * (W3C Trace Context, 2.2.2 and 3.2).
 */
export function readTraceParent(text: string | undefined): TraceParent | null {
  if (text === undefined || text.length > 200) return null
  const [, version = '', traceId = '', spanId = '', flags = '', rest = ''] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(|-.*)$/.exec(text) ?? []
  if (version === '' || version === 'ff' || (version === '00' && rest !== '')) return null
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return null
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 }
}

export function writeTraceParent({ traceId, spanId, isSampled }: TraceParent): string {
  return `00-${traceId}-${spanId}-0${isSampled ? 1 : 0}`
}
