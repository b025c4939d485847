import { PortreeveError } from '@portreeve/errors'
import { type TUnsafe, Type } from 'typebox'

declare const brand: unique symbol

/** Text that is known to be an identifier of this kind. Never a number: no arithmetic, no doubles, no lost zeros. */
export type Branded<Name extends string> = string & { readonly [brand]: Name }

/** One kind of identifier: how it is written here, and what may stand for it elsewhere. */
export interface Identifier<Value extends string> {
  /** JSON Schema of the one way in which it is written here. */
  readonly schema: TUnsafe<Value>
  /** Whether the text is already written that way. */
  is(text: string): text is Value
  /** Reads what people and systems write; `undefined` when it is no such identifier. */
  from(text: string): Value | undefined
  /** As `from`; throws PRV_MODEL_IDENTIFIER, which holds the name of the kind and its rule, never the text. */
  parse(text: string): Value
}

export function identifier<Value extends string>(kind: {
  readonly name: string
  readonly pattern: RegExp
  /** The rule in words, for the error and the schema. */
  readonly rule: string
  /** Brings a spelling into the written form; the pattern judges the result. */
  readonly normalise: (text: string) => string
}): Identifier<Value> {
  const is = (text: string): text is Value => kind.pattern.test(text)
  const from = (text: string): Value | undefined => {
    const normal = kind.normalise(text)
    return is(normal) ? normal : undefined
  }
  return {
    schema: Type.Unsafe<Value>({
      type: 'string',
      title: kind.name.replace(/ ./g, (letter) => letter.slice(1).toUpperCase()),
      pattern: kind.pattern.source,
      description: `${kind.name}: ${kind.rule}`,
    }),
    is,
    from,
    parse(text) {
      const value = from(text)
      if (value === undefined) throw new PortreeveError('PRV_MODEL_IDENTIFIER', { kind: kind.name, rule: kind.rule })
      return value
    },
  }
}
