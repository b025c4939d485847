/** An element as any reader of XML has it; `XmlElement` of `formats` is one. */
export interface XmlTree {
  /** Local name. */
  readonly name: string
  readonly namespace: string
  readonly attributes: readonly XmlTreeAttribute[]
  readonly children: readonly XmlTree[]
  readonly text: string
}

export interface XmlTreeAttribute {
  readonly name: string
  readonly namespace: string
  readonly value: string
}

/** Makes an element of whatever tree the caller's writer takes. Text or children, never both. */
export type BuildElement<Element> = (
  namespace: string,
  name: string,
  attributes: readonly XmlTreeAttribute[],
  children: readonly Element[],
  text: string,
) => Element
