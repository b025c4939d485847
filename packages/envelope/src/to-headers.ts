import { PortreeveError } from '@portreeve/errors'
import {
  egmsHeaders,
  egmsNames,
  historyHeader,
  maxEnvelopeBytes,
  optionalAttributes,
  optionalNames,
  requiredAttributes,
  requiredNames,
  specVersionHeader,
} from './attributes.ts'
import { checkedAttribute, checkedText } from './checked-text.ts'
import type { Envelope } from './envelope.ts'

/** Name and raw value, as a record of the log has it. */
export type EnvelopeHeader = readonly [name: string, value: Uint8Array]

const specVersion: EnvelopeHeader = [specVersionHeader, Buffer.from('1.0')]

/**
 * The envelope as the headers of a record: CloudEvents 1.0 in Kafka binary mode. What it writes, `fromHeaders` reads.
 * Throws PRV_ENVELOPE_MISSING, PRV_ENVELOPE_ATTRIBUTE, PRV_ENVELOPE_TOO_LARGE.
 */
export function toHeaders(envelope: Envelope): EnvelopeHeader[] {
  const headers: EnvelopeHeader[] = [specVersion]
  for (const name of requiredNames) {
    const attribute = requiredAttributes[name]
    headers.push([attribute.header, Buffer.from(checkedAttribute(name, attribute, envelope[name] ?? ''))])
  }
  for (const name of optionalNames) {
    const text = envelope[name]
    if (text === undefined) continue
    const attribute = optionalAttributes[name]
    headers.push([attribute.header, Buffer.from(checkedAttribute(name, attribute, text))])
  }
  if (envelope.egms) {
    for (const name of egmsNames) {
      headers.push([egmsHeaders[name], Buffer.from(checkedText(`egms.${name}`, envelope.egms[name] ?? ''))])
    }
  }
  if (envelope.history?.length) headers.push([historyHeader, Buffer.from(joinedHistory(envelope.history))])
  return withinLimit(headers)
}

function joinedHistory(history: readonly string[]): string {
  for (const step of history) {
    if (checkedText('history', step).includes(',')) {
      throw new PortreeveError('PRV_ENVELOPE_ATTRIBUTE', { attribute: 'history', rule: 'steps without a comma' })
    }
  }
  return history.join(',')
}

function withinLimit(headers: EnvelopeHeader[]): EnvelopeHeader[] {
  let bytes = 0
  for (const [name, value] of headers) bytes += name.length + value.length
  if (bytes <= maxEnvelopeBytes) return headers
  throw new PortreeveError('PRV_ENVELOPE_TOO_LARGE', { bytes, maxBytes: maxEnvelopeBytes })
}
