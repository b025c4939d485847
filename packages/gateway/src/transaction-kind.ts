import type { BroughtTransaction } from '@portreeve/broker'
import type { MessageFormat } from '@portreeve/formats'
import type { JsonSchema } from '@portreeve/model'

/** One kind of transaction that the door takes. Everything that is said of it, in OpenAPI too, comes from here. */
export interface TransactionKind<Body> {
  /** After `/transactions/`. */
  readonly name: string
  /** Of the message that it becomes. */
  readonly type: string
  /** One line, for whoever reads the OpenAPI document. */
  readonly summary: string
  /** What the body must look like. */
  readonly schema: JsonSchema
  readonly format: MessageFormat<Body>
  readonly example: unknown
  /** What the envelope says of it, and who it is about. */
  describe(body: Body): Pick<BroughtTransaction, 'attributes' | 'about'>
}

/** A kind whose body has been read and described: what a router needs. */
export interface ReadableKind extends Omit<TransactionKind<unknown>, 'format' | 'describe'> {
  /** Rejects with `BodyRefused`. */
  read(bytes: Uint8Array): Promise<Pick<BroughtTransaction, 'attributes' | 'about' | 'body'>>
}
