import type { XmlAttribute } from './xml-element.ts'

/** A start tag as the reader hands it on; valid during the call only. */
export interface StartTag {
  readonly local: string
  readonly uri: string
  readonly attributes: Readonly<Record<string, ReadAttribute>>
}

export interface ReadAttribute {
  readonly name: string
  readonly prefix: string
  readonly local: string
  readonly uri: string
  readonly value: string
}

/** What hears of the parts of a file. Offsets count the characters of the text as it is read. */
export interface XmlHandler {
  /** `offset` is that of the tag's `<`. */
  open(tag: StartTag, offset: number): void
  /** For `<a/>` it follows `open` at once. */
  close(): void
  /** A text or CDATA section, in one piece; one element may have several. `offset` is where it starts. */
  text(text: string, offset: number): void
  /** The end tag just told of had the wrong name: the element is still open. */
  retract(): void
  /** Where the reader is: `/BAreports/BApropertyReport[3]/DateSent`. */
  path(): string
}

const none: readonly XmlAttribute[] = Object.freeze([])

/** The attributes of a tag without namespace declarations. */
export function ownAttributes(tag: StartTag): readonly XmlAttribute[] {
  let list: XmlAttribute[] | undefined
  for (const key in tag.attributes) {
    const attribute = tag.attributes[key]
    if (attribute === undefined || attribute.prefix === 'xmlns' || attribute.name === 'xmlns') continue
    list ??= []
    list.push({ namespace: attribute.uri, name: attribute.local, value: attribute.value })
  }
  return list ?? none
}
