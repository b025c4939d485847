import { defaults } from './config.ts'
import { openSchema, type Schema } from './schema.ts'

/** The service that reports are sent to, as far as it decides what they must look like. */
export interface Service extends Schema {
  /** Whether it corrects what it is sent: `serviceCorrects` of the configuration. */
  readonly corrects: boolean
}

export interface ServiceOptions {
  /** Folder of the publisher's schema files. Default: our own schema. */
  readonly schemaFolder?: string
  /** Default true. */
  readonly serviceCorrects?: boolean
}

/** @throws PortreeveError `PRV_FORMATS_SCHEMA_UNUSABLE` */
export async function openService({
  schemaFolder,
  serviceCorrects = defaults.serviceCorrects,
}: ServiceOptions = {}): Promise<Service> {
  return { ...(await openSchema(schemaFolder)), corrects: serviceCorrects }
}
