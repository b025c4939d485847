import { PortreeveError } from '@portreeve/errors'
import {
  egmsHeaders,
  historyHeader,
  maxEnvelopeBytes,
  optionalAttributes,
  requiredAttributes,
  specVersionHeader,
} from './attributes.ts'
import type { EnvelopeHeader } from './to-headers.ts'

export type HeaderTexts = ReadonlyMap<string, string>

const ours = new Set([
  specVersionHeader,
  historyHeader,
  ...Object.values(egmsHeaders),
  ...Object.values({ ...requiredAttributes, ...optionalAttributes }).map(({ header }) => header),
])

/** A byte order mark is kept: it is no part of the text that was sent, so it must not vanish in silence. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Our headers by name, decoded. Throws PRV_ENVELOPE_DUPLICATE, PRV_ENVELOPE_NOT_TEXT, PRV_ENVELOPE_TOO_LARGE. */
export function textsOf(headers: readonly EnvelopeHeader[]): HeaderTexts {
  const texts = new Map<string, string>()
  let bytes = 0
  for (const [header, value] of headers) {
    if (!ours.has(header)) continue
    if (texts.has(header)) throw new PortreeveError('PRV_ENVELOPE_DUPLICATE', { header })
    bytes += header.length + value.length
    if (bytes > maxEnvelopeBytes) {
      throw new PortreeveError('PRV_ENVELOPE_TOO_LARGE', { bytes, maxBytes: maxEnvelopeBytes })
    }
    texts.set(header, textOf(header, value))
  }
  return texts
}

function textOf(header: string, value: Uint8Array): string {
  try {
    return utf8.decode(value)
  } catch (cause) {
    throw new PortreeveError('PRV_ENVELOPE_NOT_TEXT', { header }, { cause })
  }
}
