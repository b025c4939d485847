import type { XmlElement } from '@portreeve/formats'

/**
 * Under this key every node that was read knows the element it was read from. A copy (`{ ...node }`) keeps it, so a problem
 * found after the corrections still points into the file as it came. Nodes from a canonical message have none.
 */
export const origin: unique symbol = Symbol('origin')

/** A node seen without its type. */
export interface RawNode {
  readonly [name: string]: RawValue | undefined
  readonly [origin]?: XmlElement
}

export type RawValue = string | RawNode | readonly string[] | readonly RawNode[]
