import Type, { type Static } from 'typebox'

const label = '^[a-z][a-z0-9-]{0,39}$'
const messageType = '^[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*){2}$'

const Topic = Type.Object(
  {
    partitions: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 256,
        description: 'How many may be worked on at once. Fixed once the topic is there.',
      }),
    ),
    retentionDays: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Days that records are kept. Absent: for ever.' }),
    ),
    retentionMegabytes: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Megabytes kept in each partition. Absent: no limit.' }),
    ),
  },
  { additionalProperties: false },
)

/** `broker.yaml`, but for what each adapter's own declaration says of its configuration. */
export const BrokerFile = Type.Object(
  {
    authority: Type.Object(
      {
        code: Type.String({ pattern: '^[A-Z][0-9]{8}$', description: 'GSS code of the council, such as E09000003.' }),
        name: Type.String({ minLength: 1, maxLength: 60, description: 'Name of the council, as letters begin.' }),
      },
      { additionalProperties: false },
    ),
    dataFolder: Type.String({ minLength: 1, description: 'Where the broker keeps everything; relative to this file.' }),
    log: Type.Optional(
      Type.Object(
        { engine: Type.Literal('sqlite', { description: 'sqlite: embedded, needs nothing but Node.' }) },
        { additionalProperties: false },
      ),
    ),
    adapters: Type.Record(
      Type.String({ pattern: label }),
      Type.Object({ adapter: Type.String({ description: 'Name of the adapter: see portreeve list adapters.' }) }),
      { minProperties: 1, description: 'Instances of adapters under the labels that routes use.' },
    ),
    topics: Type.Optional(Type.Record(Type.String({ pattern: messageType }), Topic)),
  },
  { additionalProperties: false },
)
export type BrokerFile = Static<typeof BrokerFile>

const Types = Type.Union([
  Type.String({ pattern: messageType }),
  Type.Array(Type.String({ pattern: messageType }), { minItems: 1, uniqueItems: true }),
])
const Labels = Type.Union([
  Type.String({ pattern: label }),
  Type.Array(Type.String({ pattern: label }), { minItems: 1, uniqueItems: true }),
])
const Condition = Type.Object({}, { description: 'A condition: see docs/how-to/write-a-route.md.' })

/** `routes/<name>.yaml`. */
export const RouteFile = Type.Object(
  {
    from: Types,
    split: Type.Optional(
      Type.String({ pattern: label, description: 'Splitter: the adapter that reads the document.' }),
    ),
    when: Type.Optional(Condition),
    to: Type.Optional(Labels),
    choose: Type.Optional(
      Type.Array(Type.Object({ when: Type.Optional(Condition), to: Labels }, { additionalProperties: false }), {
        minItems: 1,
        description: 'Content-Based Router: the first branch whose condition holds takes the message.',
      }),
    ),
    batch: Type.Optional(
      Type.Object(
        {
          maxMessages: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 1 })),
          maxWaitSeconds: Type.Optional(Type.Number({ minimum: 0, maximum: 86_400, default: 0 })),
        },
        {
          additionalProperties: false,
          description: 'Aggregator: how many messages go out together, and how long they wait.',
        },
      ),
    ),
  },
  { additionalProperties: false },
)
export type RouteFile = Static<typeof RouteFile>
