import type { Problem } from '@portreeve/formats'
import type { Script, ScriptFault } from './script.ts'

/** A mapping as data. */
export interface MappingDefinition {
  readonly name: string
  /** Canonical type. */
  readonly from: string
  readonly to: MappingTarget
  readonly script: Script
}

/** What a mapping makes: a canonical type, or a shape of the council's own. */
export interface MappingTarget {
  /** `<domain>.<entity>.<fact>`, a canonical one or not. */
  readonly type: string
  /** Of a shape of the council's own. Absent: of the model where it has the type, else nothing is checked. */
  readonly schema?: TargetSchema
}

export type TargetSchema =
  | { readonly kind: 'json'; readonly schema: Readonly<Record<string, unknown>> }
  | { readonly kind: 'xsd'; readonly folder: string; readonly file: string }

export interface MappedBody {
  readonly body: Uint8Array
  /** Media type. */
  readonly contentType: string
}

/** What a mapping made of one message, and what is wrong with it. */
export interface MappingTrial {
  /** Absent when there is a fault. */
  readonly mapped?: MappedBody
  /** Why there is none: the script stopped, or met a limit. */
  readonly fault?: ScriptFault
  /** Set when it is a limit that was met. */
  readonly limit?: string
  /** By the schema of what it makes. Each may hold values of the message. */
  readonly problems: readonly Problem[]
}

/** A mapping that compiles. Disposing it frees the memory of its schema, where that is an XML Schema. */
export interface Mapping extends Disposable {
  readonly definition: MappingDefinition
  readonly contentType: string
  /** What is wrong with a JSON body as a message of the type that it maps. */
  inputProblems(body: Uint8Array): Promise<readonly Problem[]>
  /** Maps a JSON body and tells all. Rejects with `PRV_MAPPINGS_THREAD` alone. */
  try(body: Uint8Array): Promise<MappingTrial>
  /** Rejects with `PRV_MAPPINGS_STOPPED`, `_LIMIT`, `_OUTPUT` or `_THREAD`; none holds anything of the message. */
  map(body: Uint8Array): Promise<MappedBody>
}
