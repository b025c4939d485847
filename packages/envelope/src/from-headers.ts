import { PortreeveError } from '@portreeve/errors'
import {
  egmsHeaders,
  egmsNames,
  historyHeader,
  type OptionalName,
  optionalAttributes,
  optionalNames,
  type RequiredName,
  requiredAttributes,
  specVersionHeader,
} from './attributes.ts'
import { checkedAttribute, checkedText } from './checked-text.ts'
import type { EGms, Envelope } from './envelope.ts'
import { type HeaderTexts, textsOf } from './header-texts.ts'
import type { EnvelopeHeader } from './to-headers.ts'

/** CloudEvents 1.0.2, Kafka protocol binding, 3: how a receiver tells the two modes apart. */
const structured = /^application\/cloudevents/i
const contentType = requiredAttributes.dataContentType.header

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] }

/**
 * Reads the headers of a record. Headers that are not ours are kept out. Throws PRV_ENVELOPE_STRUCTURED,
 * PRV_ENVELOPE_SPECVERSION, PRV_ENVELOPE_MISSING, PRV_ENVELOPE_ATTRIBUTE, PRV_ENVELOPE_DUPLICATE, PRV_ENVELOPE_NOT_TEXT, PRV_ENVELOPE_TOO_LARGE.
 */
export function fromHeaders(headers: readonly EnvelopeHeader[]): Envelope {
  const texts = textsOf(headers)
  if (structured.test(texts.get(contentType) ?? '')) throw new PortreeveError('PRV_ENVELOPE_STRUCTURED')
  const specVersion = requiredText(texts, specVersionHeader, specVersionHeader)
  if (specVersion !== '1.0') {
    throw new PortreeveError('PRV_ENVELOPE_SPECVERSION', { specVersion: specVersion.slice(0, 20) })
  }
  const envelope: Writable<Envelope> = {
    id: required(texts, 'id'),
    source: required(texts, 'source'),
    type: required(texts, 'type'),
    time: required(texts, 'time'),
    dataContentType: required(texts, 'dataContentType'),
    reference: required(texts, 'reference'),
    correlationId: required(texts, 'correlationId'),
    authority: required(texts, 'authority'),
    channel: required(texts, 'channel'),
  }
  for (const name of optionalNames) addOptional(envelope, texts, name)
  const egms = egmsOf(texts)
  if (egms) envelope.egms = egms
  const history = texts.get(historyHeader)
  if (history !== undefined) envelope.history = history.split(',').map((step) => checkedText('history', step))
  return envelope
}

function required(texts: HeaderTexts, name: RequiredName): string {
  const attribute = requiredAttributes[name]
  return checkedAttribute(name, attribute, requiredText(texts, name, attribute.header))
}

function requiredText(texts: HeaderTexts, name: string, header: string): string {
  const text = texts.get(header)
  if (text === undefined) throw new PortreeveError('PRV_ENVELOPE_MISSING', { attribute: name })
  return text
}

function addOptional(envelope: Writable<Envelope>, texts: HeaderTexts, name: OptionalName): void {
  const attribute = optionalAttributes[name]
  const text = texts.get(attribute.header)
  if (text !== undefined) envelope[name] = checkedAttribute(name, attribute, text)
}

function egmsOf(texts: HeaderTexts): EGms | undefined {
  if (!egmsNames.some((name) => texts.has(egmsHeaders[name]))) return undefined
  const text = (name: keyof EGms) => {
    const place = `egms.${name}`
    return checkedText(place, requiredText(texts, place, egmsHeaders[name]))
  }
  return { creator: text('creator'), title: text('title'), subjectCategory: text('subjectCategory') }
}
