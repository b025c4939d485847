import type { ErrorCode } from '@portreeve/errors'
import type { Static, TObject } from 'typebox'
import type { Adapter, AdapterContext } from './adapter.ts'
import type { Inspection } from './inspection.ts'
import type { ValidateOptions, Verdict } from './verdict.ts'

/** What an adapter can do. Each `true` has its method in `Adapter`, each `false` has none: the contract suite looks. */
export interface Capabilities {
  /** Brings what is new in the system, from a cursor on. Its config then has a number `pollEverySeconds`, with a default. */
  readonly poll: boolean
  /** Reads a document of the system's into canonical messages. */
  readonly receive: boolean
  /** Delivers canonical messages to the system. */
  readonly send: boolean
  /** The same batch id or envelope id sent twice takes effect once. */
  readonly idempotentSend: boolean
  /** Can be asked what became of a batch sent earlier. */
  readonly lookup: boolean
  /**
   * Of a batch, no message is taken when an earlier one was not: then messages with the same key may share a batch.
   * Default false.
   */
  readonly keepsOrder?: boolean
  /** Answers questions (Request-Reply, EIP). Default false. */
  readonly request?: boolean
}

/** One thing in which an adapter knowingly differs from what the system's own service does. */
export interface Difference {
  readonly what: string
  readonly service: string
  readonly adapter: string
  readonly why: string
}

/** Something that passes between an adapter and its system, as it looks. */
export interface Sample {
  readonly title: string
  /** What its reader has to know: Markdown. */
  readonly about: string
  /** Of `text`, as editors know it. */
  readonly language: 'csv' | 'json' | 'http'
  readonly text: string
}

/** A correction that an adapter makes, or a rule by which it refuses or warns. */
export interface Rule {
  /** When it is asked, such as `header`. */
  readonly step: string
  /** As problems and corrections name it. */
  readonly name: string
  /** Who says so, and where. */
  readonly source: string
}

/** One per adapter, the default export of `adapters/<name>/src/index.ts`: pure data, and `open`. */
export interface AdapterDeclaration<Config extends TObject = TObject> {
  /** kebab-case; the folder's name. */
  readonly name: string
  /** One sentence; first line of the generated page. */
  readonly summary: string
  readonly status: 'stable' | 'beta' | 'experimental' | 'deprecated'
  /** The specifications that it follows. */
  readonly sources: readonly { readonly title: string; readonly where: string }[]
  /** JSON Schema by TypeBox: descriptions with units, defaults, `secret: true` on what must never be shown. */
  readonly config: Config
  readonly capabilities: Capabilities
  /**
   * Names of settings whose file, or whose folder's files, are part of the configuration, such as templates: when one of them
   * changes, the configuration has another version. Default: none.
   */
  readonly configurationFiles?: readonly string[]
  /** Canonical types of `poll` and `receive`. */
  readonly emits: readonly string[]
  /** Canonical types of `send`. */
  readonly accepts: readonly string[]
  /**
   * Which form of the canonical message `send` wants: with `application/xml` a council's mapping for it is to make XML too.
   * Default `application/json`.
   */
  readonly acceptsContentType?: 'application/json' | 'application/xml'
  /** With `receive`: what its documents are, and the canonical type of the records that they are split into. */
  readonly documents?: { readonly contentType: string; readonly recordType: string }
  /** Every catalogue code that it may raise, beyond those of `endpoints`. */
  readonly errors: readonly ErrorCode[]
  /** Linted, opened and documented. */
  readonly examples: readonly { readonly title: string; readonly config: unknown }[]
  /** Where it does other than the system's own service, and why. Part of the generated page. */
  readonly differences?: readonly Difference[]
  /** Files and answers for whoever sets up the other side: part of the generated page, played by a test of the adapter. */
  readonly samples?: readonly Sample[]
  /** In their order. Part of the generated page. */
  readonly rules?: readonly Rule[]
  /**
   * What would be sent, corrected and refused of a document, without sending anything or reaching the system: one pass in
   * bounded memory, reports in their order, then the document. Absent where there is nothing to say before sending.
   */
  validate?(source: AsyncIterable<Uint8Array>, options: ValidateOptions<Static<Config>>): AsyncIterable<Verdict>
  /**
   * Looks into files that belong to the configuration, such as templates and layouts, for `portreeve lint`: reaches no system,
   * changes nothing, and tells what is wrong with a file instead of rejecting. Absent where the config names no such file.
   */
  inspect?(config: Static<Config>): Promise<Inspection>
  open(config: Static<Config>, context: AdapterContext): Promise<Adapter>
}
