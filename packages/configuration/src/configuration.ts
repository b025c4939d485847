import type { MappingTarget, Script } from '@portreeve/mappings'
import type { ConfigurationRecord } from './configuration-record.ts'

/** Where something stands in a configuration file: for messages to people. */
export interface ConfigurationPlace {
  /** Relative to the configuration folder, such as `routes/reports-to-voa.yaml`. */
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly column: number
}

/** A folder of configuration, read, checked and with its secrets resolved. */
export interface Configuration {
  /** Absolute path of the folder that holds `broker.yaml`. */
  readonly folder: string
  readonly authority: AuthorityConfiguration
  /** Absolute path. */
  readonly dataFolder: string
  /** Absolute path of what several brokers share. Absent: it lies in the data folder. */
  readonly sharedFolder?: string
  /** With less space than this on its disk, the broker says so. */
  readonly diskAlarmMegabytes: number
  readonly log: LogConfiguration
  /** Absent: nothing listens. */
  readonly door?: DoorConfiguration
  /** Absent: no span leaves. */
  readonly telemetry?: TelemetryConfiguration
  readonly adapters: readonly AdapterConfiguration[]
  readonly routes: readonly Route[]
  readonly processes: readonly ProcessConfiguration[]
  readonly quality: readonly QualityConfiguration[]
  readonly mappings: readonly MappingConfiguration[]
  readonly topics: ReadonlyMap<string, TopicConfiguration>
  /** Receivers and split routes that are given up: what still waits for them stays unsent. */
  readonly retired: readonly string[]
  /** What the files said, without secrets, and its version. */
  readonly record: ConfigurationRecord
}

/** Where the messages are kept. */
export interface LogConfiguration {
  readonly engine: 'sqlite' | 'kafka'
  /** Kafka: `host:port`, several divided by commas. */
  readonly brokers?: string
  /** Kafka: before the names of topics and groups. */
  readonly prefix?: string
  /** Kafka: copies of each record. Absent: the cluster's own number. */
  readonly replication?: number
}

export interface AuthorityConfiguration {
  /** GSS code, such as `E09000003`. */
  readonly code: string
  readonly name: string
}

/** The HTTP door. */
export interface DoorConfiguration {
  /** IP address. */
  readonly listen: string
  /** 0: any that is free. */
  readonly port: number
  /** How citizens reach it; without a slash at its end. Absent: as it listens. */
  readonly publicUrl?: string
  /** None: whoever reaches it may use it. */
  readonly apiKeys: readonly {
    readonly name: string
    /** `sha256:` and the digest, lower-case hex. */
    readonly hash: string
  }[]
  readonly maxBodyBytes: number
  /** That a request may take to come in. */
  readonly timeoutSeconds: number
}

/** What others may observe. */
export interface TelemetryConfiguration {
  /** Collector, without `/v1/traces`. Absent: no span leaves. */
  readonly otlpUrl?: string
  /** Of the traces that begin here, how many are recorded: 0 to 1. */
  readonly sampleRatio: number
  readonly serviceName: string
  /** Where Prometheus finds the metrics; port 0: any that is free. Absent: at the door, where there is one. */
  readonly metricsListen?: { readonly listen: string; readonly port: number }
}

/** One instance of an adapter, under its label. */
export interface AdapterConfiguration {
  readonly label: string
  /** Name of the declaration, such as `valuebill`. */
  readonly adapter: string
  /** Valid by the declaration's schema, defaults filled, secrets resolved: never shown or logged as it is. */
  readonly config: Readonly<Record<string, unknown>>
  readonly place: ConfigurationPlace
}

export interface TopicConfiguration {
  readonly partitions?: number
  readonly retentionDays?: number
  readonly retentionMegabytes?: number
  /** Kafka: only the last message of each key is kept for ever. */
  readonly compaction?: boolean
  /** Kafka: copies of each message. Absent: as the log says. */
  readonly replication?: number
}

/** From one or several types of message to a Splitter, or to receivers. */
export type Route = SplitRoute | DeliveryRoute

interface RouteBase {
  /** kebab-case; the file's name. */
  readonly name: string
  /** Canonical types. */
  readonly from: readonly string[]
  /** The route is new and is to get what its topics have already. */
  readonly startFrom?: 'beginning'
  readonly place: ConfigurationPlace
}

/** Documents are read into messages by an adapter that can `receive`. */
export interface SplitRoute extends RouteBase {
  readonly kind: 'split'
  /** Label of the adapter. */
  readonly split: string
}

/** Messages go to receivers: the first branch whose condition holds takes the message (Content-Based Router). */
export interface DeliveryRoute extends RouteBase {
  readonly kind: 'delivery'
  /** Message Filter: what does not pass concerns no receiver of this route. `undefined`: everything passes. */
  readonly when: unknown
  readonly branches: readonly RouteBranch[]
  readonly batch: { readonly maxMessages: number; readonly maxWaitSeconds: number }
  readonly limits: { readonly maxPerMinute?: number; readonly expireAfterHours?: number }
}

export interface RouteBranch {
  /** A condition as data; `undefined`: always. */
  readonly when: unknown
  /** Labels of adapters that can `send`; each gets its own copy, in its own consumer group. */
  readonly to: readonly string[]
  /** Name of the mapping that the message goes through before it is sent; absent: it goes as it is. */
  readonly map?: string
}

/** A Message Translator as data: `mappings/<name>.yaml`. */
export interface MappingConfiguration {
  /** kebab-case; the file's name. */
  readonly name: string
  /** Canonical type. */
  readonly from: string
  readonly to: MappingTarget
  readonly script: Script
  /** Absolute paths. Without `expect`, what comes out is only checked by its schema. */
  readonly examples: readonly { readonly given: string; readonly expect?: string }[]
  /** Absolute paths of what it was read from: the YAML, and what script and schema are files of their own. */
  readonly files: readonly string[]
  readonly place: ConfigurationPlace
}

/** A Process Manager: `processes/<name>.yaml`. */
export interface ProcessConfiguration {
  /** kebab-case; the file's name. */
  readonly name: string
  /** Canonical type of the transaction. */
  readonly startsWith: string
  /** Canonical type of what each system is asked. */
  readonly requests: string
  /** Canonical type of what the systems say later. */
  readonly answers: string
  /** Name of the quality rules; `null`: everything passes. */
  readonly quality: string | null
  /** Names of templates of e-mails; `null`: none is sent. */
  readonly acknowledgement: string | null
  readonly alert: string | null
  /** YYYY-MM-DD. */
  readonly holidays: readonly string[]
  readonly systems: readonly {
    readonly label: string
    readonly service: string
    /** `null`: it does not confirm. */
    readonly confirmWithinWorkingDays: number | null
    readonly administrators: readonly string[]
  }[]
  readonly place: ConfigurationPlace
}

/** Which transactions wait for a person: `quality/<name>.yaml`. */
export interface QualityConfiguration {
  readonly name: string
  /** Labels of adapters that are asked for facts. */
  readonly ask: { readonly addresses?: string; readonly persons?: string }
  readonly rules: readonly { readonly name: string; readonly when: unknown; readonly hold: string }[]
  readonly place: ConfigurationPlace
}
