import Type, { type Static } from 'typebox'
import { Telemetry } from './telemetry-schema.ts'

/** What an adapter's instance may be called. */
export const labelPattern = '^[a-z][a-z0-9-]{0,39}$'
export const messageType = '^[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*){2}$'

/** What holds where a file says nothing. */
export const defaults = {
  diskAlarmMegabytes: 1024,
  log: { engine: 'sqlite' },
  batch: { maxMessages: 1, maxWaitSeconds: 0 },
  door: { listen: '127.0.0.1', maxBodyBytes: 65_536, timeoutSeconds: 30 },
} as const

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
    compaction: Type.Optional(
      Type.Boolean({
        description:
          'Kafka: the newest message of each key is kept, older ones may go after a day, read or not. Default: false.',
      }),
    ),
    replication: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 9, description: 'Kafka: copies of each message. Absent: as log says.' }),
    ),
  },
  { additionalProperties: false },
)

const ApiKey = Type.Object(
  {
    name: Type.String({
      pattern: labelPattern,
      description: 'Whose key it is: an idempotency key is unique for each name. Small letters, figures and dashes.',
    }),
    hash: Type.String({
      pattern: '^sha256:[0-9a-f]{64}$',
      description: 'What portreeve key new says: the key itself stands nowhere.',
    }),
  },
  { additionalProperties: false },
)

const Door = Type.Object(
  {
    listen: Type.Optional(
      Type.String({
        pattern: '^([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)$',
        default: defaults.door.listen,
        description: 'IP address to listen at. 127.0.0.1: reached from this machine alone.',
      }),
    ),
    port: Type.Integer({ minimum: 0, maximum: 65_535, description: 'TCP port. 0: any that is free, for tests.' }),
    publicUrl: Type.Optional(
      Type.String({
        pattern: '^https?://[^\\s?#]*[^\\s?#/]$',
        description:
          'How citizens reach the door, such as https://council.example/portreeve; without a slash at its end.',
      }),
    ),
    apiKeys: Type.Optional(
      Type.Array(ApiKey, {
        description: 'Who may bring transactions. One name may have two keys, while one takes the place of the other.',
      }),
    ),
    maxBodyBytes: Type.Optional(
      Type.Integer({
        minimum: 1024,
        maximum: 400_000,
        default: defaults.door.maxBodyBytes,
        description: 'Most bytes of the body of a request.',
      }),
    ),
    timeoutSeconds: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 300,
        default: defaults.door.timeoutSeconds,
        description: 'Seconds that a request may take to come in.',
      }),
    ),
  },
  { additionalProperties: false, description: 'The HTTP door. Absent: nothing listens.' },
)

const LogSettings = Type.Object(
  {
    engine: Type.Enum(['sqlite', 'kafka'], {
      type: 'string',
      description: 'sqlite: embedded, needs nothing but Node. kafka: Apache Kafka, after npm run kafka:build.',
    }),
    brokers: Type.Optional(
      Type.String({
        pattern: '^[^\\s,:]+:[0-9]{1,5}(,[^\\s,:]+:[0-9]{1,5})*$',
        description: 'Kafka: the brokers to ask first, host:port, several divided by commas.',
      }),
    ),
    prefix: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9._-]{0,60}$',
        description: 'Kafka: stands before the names of topics and groups, for councils that share a cluster.',
      }),
    ),
    replication: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 9,
        description: 'Kafka: copies of each message. Absent: what the cluster says.',
      }),
    ),
  },
  { additionalProperties: false, description: `What keeps the messages. Default: ${defaults.log.engine}.` },
)

/** `broker.yaml`, but for what each adapter's own declaration says of its configuration. */
export const BrokerFile = Type.Object(
  {
    authority: Type.Object(
      {
        code: Type.String({
          pattern: '^[A-Z][0-9]{8}$',
          description: 'GSS code of the council: a letter and eight figures.',
        }),
        name: Type.String({ minLength: 1, maxLength: 60, description: 'Name of the council, as letters begin.' }),
      },
      { additionalProperties: false, description: 'The council whose broker this is.' },
    ),
    dataFolder: Type.String({ minLength: 1, description: 'Where the broker keeps everything; relative to this file.' }),
    sharedFolder: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'What several brokers on one log share: files that are to be split, and the secret of the door. A folder that all of them see, relative to this file. Absent: one broker, all in dataFolder.',
      }),
    ),
    diskAlarmMegabytes: Type.Optional(
      Type.Integer({
        minimum: 0,
        default: defaults.diskAlarmMegabytes,
        description:
          'Megabytes: with less than this free on the disk of the data folder, run and status say so. 0: never.',
      }),
    ),
    log: Type.Optional(LogSettings),
    door: Type.Optional(Door),
    telemetry: Type.Optional(Telemetry),
    adapters: Type.Record(
      Type.String({ pattern: labelPattern }),
      Type.Object({ adapter: Type.String({ description: 'Name of the adapter: see portreeve list adapters.' }) }),
      {
        minProperties: 1,
        additionalProperties: false,
        description:
          'Instances of adapters under labels for routes: small letters, figures and dashes, a letter first.',
      },
    ),
    retired: Type.Optional(
      Type.Array(Type.String(), {
        uniqueItems: true,
        description:
          'Receivers and split routes that are given up, as status names them: what waits for them stays unsent.',
      }),
    ),
    topics: Type.Optional(
      Type.Record(Type.String({ pattern: messageType }), Topic, {
        additionalProperties: false,
        description:
          'How topics are kept, by canonical type such as valuation.report.proposed. Others are kept for ever.',
      }),
    ),
  },
  { additionalProperties: false },
)
export type BrokerFile = Static<typeof BrokerFile>

const MessageType = Type.String({
  pattern: messageType,
  description: 'Canonical type: domain, entity and fact, such as valuation.report.proposed.',
})
const Types = Type.Union([MessageType, Type.Array(MessageType, { minItems: 1, uniqueItems: true })], {
  description: 'One canonical type, or a list of them.',
})
const Label = Type.String({ pattern: labelPattern, description: 'Label of an adapter in broker.yaml.' })
const Labels = Type.Union([Label, Type.Array(Label, { minItems: 1, uniqueItems: true })], {
  description: 'Label of the adapter that delivers, or a list: each of them gets its own copy.',
})
const MappingName = Type.String({
  pattern: labelPattern,
  description: 'Mapping that the message goes through before it is sent: mappings/<name>.yaml.',
})
const Condition = Type.Object({}, { description: 'A condition: see docs/how-to/write-a-route.md.' })

/** `routes/<name>.yaml`. */
export const RouteFile = Type.Object(
  {
    from: Types,
    split: Type.Optional(
      Type.String({ pattern: labelPattern, description: 'Splitter: label of the adapter that reads the document.' }),
    ),
    when: Type.Optional(Condition),
    to: Type.Optional(Labels),
    map: Type.Optional(MappingName),
    choose: Type.Optional(
      Type.Array(
        Type.Object(
          { when: Type.Optional(Condition), to: Labels, map: Type.Optional(MappingName) },
          { additionalProperties: false },
        ),
        {
          minItems: 1,
          description: 'Content-Based Router: the first branch whose condition holds takes the message.',
        },
      ),
    ),
    startFrom: Type.Optional(
      Type.Literal('beginning', {
        description: 'Needed when the route is new and its topics have messages already: it gets all of them.',
      }),
    ),
    batch: Type.Optional(
      Type.Object(
        {
          maxMessages: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: 10_000,
              default: defaults.batch.maxMessages,
              description: 'How many go out together at most.',
            }),
          ),
          maxWaitSeconds: Type.Optional(
            Type.Number({
              minimum: 0,
              maximum: 86_400,
              default: defaults.batch.maxWaitSeconds,
              description: 'Seconds that the first one waits for company.',
            }),
          ),
        },
        {
          additionalProperties: false,
          description: 'How many messages go out together, and how long they wait (Aggregator).',
        },
      ),
    ),
    limits: Type.Optional(
      Type.Object(
        {
          maxPerMinute: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: 1_000_000,
              description:
                'Most messages that a receiver is sent within a minute, evenly. Absent: as fast as it takes them.',
            }),
          ),
          expireAfterHours: Type.Optional(
            Type.Number({
              exclusiveMinimum: 0,
              maximum: 87_600,
              description:
                'Age in hours from which a message that could not be sent goes to a person instead (Message Expiration). Absent: never.',
            }),
          ),
        },
        {
          additionalProperties: false,
          description: 'How each receiver is spared, and how long a message is good for.',
        },
      ),
    ),
  },
  { additionalProperties: false },
)
export type RouteFile = Static<typeof RouteFile>
