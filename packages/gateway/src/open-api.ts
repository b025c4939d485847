import { STATUS_CODES } from 'node:http'
import { catalogueEntry, type ErrorCode } from '@portreeve/errors'
import { emitJsonSchema } from '@portreeve/model'
import type { TSchema } from 'typebox'
import manifest from '../package.json' with { type: 'json' }
import { acceptedAnswer, healthAnswer, readyAnswer, statusAnswer } from './answers.ts'
import { idempotencyKeyPattern } from './idempotency-key.ts'
import { problemAnswer, problemMediaType } from './problem.ts'
import type { ReadableKind } from './transaction-kind.ts'

export interface OpenApiOptions {
  /** Where the door is, as its users reach it. */
  readonly serverUrl: string
  readonly needsKey: boolean
  /** Whether Prometheus finds its metrics here. */
  readonly hasMetrics: boolean
}

/** Codes that a request may be answered with, whatever it asks for. */
const always: readonly ErrorCode[] = [
  'PRV_GATEWAY_REQUEST_MALFORMED',
  'PRV_GATEWAY_REQUEST_SLOW',
  'PRV_GATEWAY_HEADERS_TOO_LARGE',
]
const bringing: readonly ErrorCode[] = [
  ...always,
  'PRV_GATEWAY_IDEMPOTENCY_KEY',
  'PRV_GATEWAY_BODY_UNREADABLE',
  'PRV_GATEWAY_IDEMPOTENCY_KEY_USED',
  'PRV_GATEWAY_BODY_TOO_LARGE',
  'PRV_GATEWAY_CONTENT_TYPE',
  'PRV_GATEWAY_CONTENT_ENCODING',
  'PRV_GATEWAY_BODY_REFUSED',
  'PRV_BROKER_BUSY',
  'PRV_BROKER_STOPPING',
  'PRV_GATEWAY_UNAVAILABLE',
]
const looking: readonly ErrorCode[] = [
  ...always,
  'PRV_GATEWAY_TRANSACTION_UNKNOWN',
  'PRV_BROKER_NOT_ENTERED',
  'PRV_GATEWAY_UNAVAILABLE',
]
const readying: readonly ErrorCode[] = [
  ...always,
  'PRV_BROKER_STARTING',
  'PRV_BROKER_STOPPING',
  'PRV_BROKER_DOOR_DISK_LOW',
]

/** OpenAPI 3.1 of the door, from the schemas that it checks by and the catalogue that it refuses by. */
export function openApi(kinds: readonly ReadableKind[], { serverUrl, needsKey, hasMetrics }: OpenApiOptions): object {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Portreeve: the door',
      version: manifest.version,
      description: 'Transactions come in here. 202 means: it is on disk. Every refusal says what to do about it.',
    },
    servers: [{ url: serverUrl }],
    paths: {
      ...Object.fromEntries(kinds.map((kind) => [`/transactions/${kind.name}`, { post: bringKind(kind, needsKey) }])),
      '/transactions/{token}': { get: status() },
      '/health': { get: health('How its parts are.', 'health', always, 'Health') },
      '/ready': { get: health('Whether it should be sent anything.', 'ready', readying, 'Ready') },
      ...(hasMetrics && { '/metrics': { get: metrics(needsKey) } }),
    },
    components: {
      schemas: {
        Accepted: plain(acceptedAnswer),
        Health: plain(healthAnswer),
        Ready: plain(readyAnswer),
        Problem: plain(problemAnswer),
        TransactionStatus: plain(statusAnswer),
        ...Object.fromEntries(kinds.map(({ schema }) => [schema.title ?? '', schema])),
      },
      ...(needsKey && { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } }),
    },
  }
}

function bringKind({ name, summary, schema, example }: ReadableKind, needsKey: boolean): object {
  const repeat = 'New for each transaction, and the same when it is repeated: then the first answer is given again.'
  const codes: readonly ErrorCode[] = [...bringing, ...(needsKey ? (['PRV_GATEWAY_API_KEY'] as const) : [])]
  return {
    operationId: name,
    summary,
    ...(needsKey && { security: [{ apiKey: [] }] }),
    parameters: [
      {
        name: 'Idempotency-Key',
        in: 'header',
        required: true,
        description: repeat,
        schema: { type: 'string', pattern: idempotencyKeyPattern },
      },
    ],
    requestBody: {
      required: true,
      content: { 'application/json': { schema: reference(schema.title ?? ''), example } },
    },
    responses: {
      202: {
        ...answer('Accepted', 'It is on disk.'),
        headers: { Location: { description: 'The status address.', schema: { type: 'string', format: 'uri' } } },
      },
      ...refusals(codes),
    },
  }
}

function status(): object {
  const token = { name: 'token', in: 'path', required: true, schema: { type: 'string' } }
  const { content, ...said } = answer('TransactionStatus', 'Where it stands.')
  const asPage = { 'text/html': { schema: { type: 'string' } } }
  return {
    operationId: 'status',
    summary: 'Where a transaction stands, for who has its status address.',
    parameters: [token],
    responses: { 200: { ...said, content: { ...content, ...asPage } }, ...refusals(looking, asPage) },
  }
}

function health(summary: string, operationId: string, codes: readonly ErrorCode[], name: string): object {
  return { operationId, summary, responses: { 200: answer(name, 'It answers.'), ...refusals(codes) } }
}

function metrics(needsKey: boolean): object {
  const codes: readonly ErrorCode[] = [
    ...always,
    ...(needsKey ? (['PRV_GATEWAY_API_KEY'] as const) : []),
    'PRV_GATEWAY_UNAVAILABLE',
  ]
  const text = { 'text/plain': { schema: { type: 'string' } } }
  return {
    operationId: 'metrics',
    summary: 'Metrics in the text format of Prometheus.',
    ...(needsKey && { security: [{ apiKey: [] }] }),
    responses: { 200: { description: 'The metrics.', content: text }, ...refusals(codes) },
  }
}

/** One response for each status that these codes have in the catalogue. */
function refusals(codes: readonly ErrorCode[], more: object = {}): object {
  const byStatus = Map.groupBy([...codes], (code) => catalogueEntry(code).status)
  return Object.fromEntries(
    [...byStatus].map(([code, refused]) => [
      code,
      {
        description: `${STATUS_CODES[code]}: ${refused.map((one) => `${one} (${catalogueEntry(one).remedy})`).join(' ')}`,
        ...(code === 503 && { headers: { 'Retry-After': { schema: { type: 'integer' } } } }),
        content: {
          [problemMediaType]: { schema: { ...reference('Problem'), properties: { code: { enum: refused } } } },
          ...more,
        },
      },
    ]),
  )
}

function answer(name: string, description: string) {
  return { description, content: { 'application/json': { schema: reference(name) } } }
}

function reference(name: string): object {
  return { $ref: `#/components/schemas/${name}` }
}

function plain(schema: TSchema): object {
  const { $schema: _dialect, ...rest } = emitJsonSchema(schema)
  return rest
}
