import { Type } from 'typebox'
import { Compile } from 'typebox/compile'

const id = Type.String({ pattern: '^[!-~]{1,200}$' })
const record = Type.Object({ recordId: id, externalReference: id })

/** Body of `POST /records`. */
export interface NewRecord {
  /** The system recognises a repeat by it. */
  readonly externalReference: string
  readonly details: object
}

/** Answer of `POST /records`: 201 with a new record, or 200 with the one of the same external reference. */
export const recordAnswer = Compile(record)

/** Answer of `GET /records`. */
export const recordsAnswer = Compile(Type.Object({ records: Type.Array(record, { maxItems: 1000 }) }))

/** What the system finds wrong with a request. */
export const problemAnswer = Compile(Type.Object({ code: Type.String({ pattern: '^[A-Za-z0-9._-]{1,60}$' }) }))
