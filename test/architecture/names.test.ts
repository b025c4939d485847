import { basename } from 'node:path'
import { adapters } from '@portreeve/broker'
import { messageSchemas } from '@portreeve/model'
import { describe, expect, it } from 'vitest'
import { packages, sourceFiles } from '../support/source-files.ts'
import { configKeys, counts, headers, patternWaivers, topics, topicWaivers } from './names.ts'

const sources = packages()
  .flatMap(({ files }) => files)
  .filter(({ path }) => path.includes('/src/') && !/\.test\.ts$|\/(contract|testing|emit)\//.test(path))
const domains = [...new Set(Object.keys(topics).map((topic) => topic.split('.')[0]))].join('|')

/** Enterprise Integration Patterns (Hohpe & Woolf, 2003), those that a file may be named after. */
const patterns: ReadonlySet<string> = new Set(
  `aggregator canonical-data-model channel-adapter channel-purger claim-check competing-consumers
  composed-message-processor content-based-router content-enricher content-filter control-bus correlation-identifier
  dead-letter-channel detour durable-subscriber dynamic-router envelope-wrapper event-driven-consumer guaranteed-delivery
  idempotent-receiver invalid-message-channel message-bridge message-broker message-bus message-dispatcher
  message-expiration message-filter message-history message-router message-sequence message-store message-translator
  messaging-gateway messaging-mapper normalizer pipes-and-filters point-to-point-channel polling-consumer process-manager
  publish-subscribe-channel recipient-list request-reply resequencer return-address routing-slip scatter-gather
  selective-consumer service-activator smart-proxy splitter test-message transactional-client wire-tap`.split(/\s+/),
)

/** What the code has in quotation marks, of this form. */
function literals(form: RegExp): readonly string[] {
  const quoted = new RegExp(`['"\`](${form.source})['"\`]`, 'g')
  return [...new Set(sources.flatMap(({ text }) => [...text.matchAll(quoted)].map((found) => found[1] ?? '')))].sort()
}

interface Key {
  readonly key: string
  readonly type: unknown
}

/** Every key that a schema of configuration knows. */
function keysIn(schema: unknown): readonly Key[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { properties = {} } = schema as { properties?: Readonly<Record<string, { type?: unknown }>> }
  return [
    ...Object.entries(properties).map(([key, { type }]) => ({ key, type })),
    ...Object.values(schema).flatMap(keysIn),
  ]
}

const configured = ['config', 'route', 'process', 'quality', 'mapping']
const [schema] = sourceFiles('schemas/portreeve.schema.json')
const { $defs }: { $defs: Readonly<Record<string, unknown>> } = JSON.parse(schema?.text ?? '')
const keys = configured.flatMap((kind) => keysIn($defs[kind]))

describe('the catalogue of names', () => {
  it('has every topic that the code names, and none that it does not', () => {
    expect(literals(new RegExp(`(?:${domains})(?:\\.[a-z-]+)+`))).toEqual(Object.keys(topics).sort())
  })

  it('has every type that the model describes or an adapter emits or accepts', () => {
    const declared = adapters.flatMap(({ emits, accepts }) => [...emits, ...accepts])
    const unknown = [...Object.keys(messageSchemas), ...declared].filter((type) => !(type in topics))
    expect(unknown).toEqual([])
  })

  it('names a topic after a fact, in the past tense', () => {
    const isFact = (topic: string) => /^[a-z]+(\.[a-z-]+){2}$/.test(topic) && /(ed|split|sent)$/.test(topic)
    expect(Object.keys(topics).filter((topic) => !isFact(topic))).toEqual(Object.keys(topicWaivers))
  })

  it('has every header that the code names, and none that it does not; names are lower-case letters and digits', () => {
    expect(literals(/(?:ce|prv)_\w+/)).toEqual(headers)
    expect(headers.filter((header) => !/^(ce|prv)_[a-z0-9]{1,20}$/.test(header))).toEqual([])
  })

  it('has every key of configuration, of every adapter too, and none that nothing reads', () => {
    expect(Object.keys($defs)).toEqual(expect.arrayContaining(configured))
    expect([...new Set(keys.map(({ key }) => key))].sort()).toEqual(Object.keys(configKeys).sort())
  })

  it('has one word for each concept of configuration', () => {
    const never = new Set(Object.values(configKeys).flatMap((entry) => entry.never ?? []))
    expect(Object.keys(configKeys).filter((key) => never.has(key))).toEqual([])
    expect(keys.filter(({ key }) => /[^A-Za-z]/.test(key))).toEqual([])
  })

  it('says the unit of each number of configuration in its key', () => {
    const numbers = keys.filter(({ type }) => type === 'number' || type === 'integer').map(({ key }) => key)
    const bare = numbers.filter((key) => !/(Seconds|Hours|Days|Bytes|Megabytes|PerMinute)$/.test(key))
    expect([...new Set(bare)].sort()).toEqual(counts)
  })

  it('gives a file of the patterns the exact name of its pattern, or says what it is', () => {
    const names = sources
      .filter(({ path }) => /^packages\/core\/src\/\w+\//.test(path))
      .map(({ path }) => basename(path, '.ts'))
    expect(names.filter((name) => !patterns.has(name)).sort()).toEqual(Object.keys(patternWaivers).sort())
  })

  it('never has an identifier of a property for a number', () => {
    const asNumber = /\b(uprn|usrn|gss)\w*\??: (number|Type\.(Number|Integer))/i
    expect(sources.filter(({ text }) => asNumber.test(text)).map(({ path }) => path)).toEqual([])
  })
})
