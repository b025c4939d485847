import type { XmlElement } from './xml-element.ts'

/** A part of a file of records, in document order. */
export type XmlPart =
  /** The outermost element, as soon as its start tag is read: its attributes, no children. */
  | { readonly kind: 'root'; readonly path: string; readonly element: XmlElement }
  /** A record with all that is in it; `index` counts from 0, the path from 1. */
  | { readonly kind: 'record'; readonly index: number; readonly path: string; readonly element: XmlElement }
  /** Another child of the root: a header, a trailer. */
  | { readonly kind: 'other'; readonly path: string; readonly element: XmlElement }
