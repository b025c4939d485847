import { type CodeLists, ourCodeLists, readCodeLists } from './codes/code-lists.ts'
import { defaults } from './config.ts'
import { openSchema, type Schema } from './schema.ts'

/** The service that reports are sent to, as far as it decides what they must look like. */
export interface Service extends Schema {
  /** Whether it corrects what it is sent: `serviceCorrects` of the configuration. */
  readonly corrects: boolean
  readonly codes: CodeLists
}

export interface ServiceOptions {
  /** Folder of the publisher's schema files. Default: our own schema. */
  readonly schemaFolder?: string
  /** File of code lists that take the place of ours. */
  readonly codesFile?: string
  /** Default true. */
  readonly serviceCorrects?: boolean
}

/** @throws PortreeveError `PRV_FORMATS_SCHEMA_UNUSABLE`, `PRV_VALUEBILL_CODES_UNUSABLE` */
export async function openService(options: ServiceOptions = {}): Promise<Service> {
  const { schemaFolder, codesFile, serviceCorrects = defaults.serviceCorrects } = options
  const codes = codesFile === undefined ? ourCodeLists : await readCodeLists(codesFile)
  return { ...(await openSchema(schemaFolder, codes)), corrects: serviceCorrects, codes }
}
