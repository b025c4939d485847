/** `Value` with nothing in it that can be changed: what passes through several rooms belongs to none of them. */
export type Immutable<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : Value extends readonly (infer Item)[]
    ? readonly Immutable<Item>[]
    : { readonly [Key in keyof Value]: Immutable<Value[Key]> }
