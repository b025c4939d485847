import type { EGms, Envelope } from './envelope.ts'

/** Where an attribute stands in a record's headers, and what it must be. */
export interface Attribute {
  readonly header: string
  readonly description: string
  /** Matches no empty text and no control character. */
  readonly pattern?: RegExp
  /** The pattern in words. */
  readonly rule?: string
}

type TextName = Exclude<keyof Envelope, 'egms' | 'history'>
export type RequiredName = { [Name in TextName]: undefined extends Envelope[Name] ? never : Name }[TextName]
export type OptionalName = Exclude<TextName, RequiredName>

/**
 * CloudEvents 1.0 in Kafka binary mode: attributes are headers `ce_<name>`, the media type is `content-type`; names of
 * extensions are lower-case letters and digits only (CloudEvents 1.0.2, 3.1; Kafka protocol binding, 3.2).
 */
export const requiredAttributes: Readonly<Record<RequiredName, Attribute>> = {
  id: { header: 'ce_id', description: 'CloudEvents id: derived from its cause, so a repeat is the same message.' },
  source: {
    header: 'ce_source',
    description: 'CloudEvents source: the adapter instance or step that made it.',
    pattern: /^[!-~]+$/,
    rule: 'a URI reference',
  },
  type: {
    header: 'ce_type',
    description: 'CloudEvents type, and the name of the topic.',
    pattern: /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/,
    rule: 'lower-case words joined by dots, such as valuation.report.proposed',
  },
  time: {
    header: 'ce_time',
    description: 'CloudEvents time: when the fact was accepted here; RFC 3339, UTC.',
    pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/,
    rule: 'an RFC 3339 time in UTC, such as 2026-03-01T09:30:00Z',
  },
  dataContentType: { header: 'content-type', description: 'CloudEvents datacontenttype: media type of the body.' },
  reference: { header: 'ce_prvreference', description: 'Reference number for people; its first character checks it.' },
  correlationId: { header: 'ce_correlationid', description: 'Id of the first message of the transaction.' },
  authority: {
    header: 'ce_authority',
    description: 'GSS code of the council.',
    pattern: /^[A-Z][0-9]{8}$/,
    rule: 'a GSS code: one letter and eight digits',
  },
  channel: {
    header: 'ce_channel',
    description: 'How it reached us: file, web, phone, post, partner, system.',
    pattern: /^[a-z][a-z0-9-]*$/,
    rule: 'one lower-case word',
  },
}

const digits = { pattern: /^[0-9]{1,6}$/, rule: 'up to six digits' }

export const optionalAttributes: Readonly<Record<OptionalName, Attribute>> = {
  subject: { header: 'ce_subject', description: 'CloudEvents subject: what it is about.' },
  dataSchema: {
    header: 'ce_dataschema',
    description: 'CloudEvents dataschema: $id of the canonical schema of the body.',
    pattern: /^[!-~]+$/,
    rule: 'a URI',
  },
  causationId: { header: 'ce_causationid', description: 'Id of the message that this one follows from.' },
  uprn: {
    header: 'ce_uprn',
    description: 'Unique Property Reference Number, where known.',
    pattern: /^[1-9][0-9]{0,11}$/,
    rule: 'a UPRN: up to twelve digits, without leading zeros',
  },
  customer: { header: 'ce_customer', description: "The council's own reference of a person or business." },
  lgsl: { header: 'ce_lgsl', description: 'Local Government Service List id.', ...digits },
  lgil: { header: 'ce_lgil', description: 'Local Government Interaction List id.', ...digits },
  traceParent: {
    header: 'ce_traceparent',
    description: 'W3C Trace Context, traceparent (CloudEvents extension Distributed Tracing).',
    pattern: /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/,
    rule: 'a W3C traceparent',
  },
  traceState: { header: 'ce_tracestate', description: 'W3C Trace Context, tracestate.' },
  origin: { header: 'ce_origin', description: 'Label of the receiver that the update came from: it never goes back.' },
  configuration: {
    header: 'ce_configversion',
    description: 'Version of the configuration that it was made under.',
    pattern: /^[0-9a-f]{12}$/,
    rule: 'a version of a configuration: twelve hexadecimal digits',
  },
  replayOf: { header: 'ce_replayof', description: 'Of a replay: id of the message that it repeats.' },
  replayTo: { header: 'ce_replayto', description: 'Of a replay: name of the one receiver that it is for.' },
  replayAgain: {
    header: 'ce_replayagain',
    description: 'Of a replay: yes when it is to have effect where the message that it repeats had it already.',
    pattern: /^yes$/,
    rule: 'yes, or absent',
  },
}

export const specVersionHeader = 'ce_specversion'

/** The three headers of `EGms`; all of them or none. */
export const egmsHeaders: Readonly<Record<keyof EGms, string>> = {
  creator: 'ce_egmscreator',
  title: 'ce_egmstitle',
  subjectCategory: 'ce_egmssubject',
}

/** Message History: steps joined by commas, which none of them may hold. */
export const historyHeader = 'ce_history'

/** The headers of one record, names and values, may take this much in all. */
export const maxEnvelopeBytes = 16 * 1024

export const requiredNames = Object.keys(requiredAttributes) as RequiredName[]
export const optionalNames = Object.keys(optionalAttributes) as OptionalName[]
export const egmsNames = Object.keys(egmsHeaders) as (keyof EGms)[]
