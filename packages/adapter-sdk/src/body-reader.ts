import type { Message } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { parseJson } from './parse-json.ts'

/**
 * Reads the JSON bodies of one type, each held against its canonical schema: what stands on a log may come from another
 * version. The reader throws `PRV_ADAPTER_MESSAGE`; `system` is the label of the instance.
 */
export function bodyReader<const Schema extends TSchema>(
  type: string,
  schema: Schema,
  system: string,
): (message: Message) => Static<Schema> {
  const compiled = Compile(schema)
  return ({ envelope, body }) => {
    const value = envelope.type === type ? parseJson(body) : undefined
    if (compiled.Check(value)) return value
    throw new PortreeveError('PRV_ADAPTER_MESSAGE', { id: envelope.id, system })
  }
}
