import { SourceRefused } from '@portreeve/formats'
import { BodyRefused } from './body-refused.ts'
import { inOneSpelling } from './in-one-spelling.ts'
import type { ReadableKind, TransactionKind } from './transaction-kind.ts'

/** Joins a kind's format and what it says of a body. */
export function readableKind<Body>({ format, describe, ...said }: TransactionKind<Body>): ReadableKind {
  return {
    ...said,
    async read(bytes) {
      try {
        for await (const item of format.read(bytes)) {
          if (item.value === undefined) throw new BodyRefused('PRV_GATEWAY_BODY_REFUSED', item.problems)
          return { ...describe(item.value), body: inOneSpelling(item.value) }
        }
      } catch (error) {
        if (error instanceof SourceRefused) throw new BodyRefused('PRV_GATEWAY_BODY_UNREADABLE', [error.problem])
        throw error
      }
      throw new TypeError('a format read nothing from a body and found no fault')
    },
  }
}
