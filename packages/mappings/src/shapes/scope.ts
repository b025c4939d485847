import type { SyntaxNode } from '../jsonata/syntax-tree.ts'
import { type Shape, unknown } from './shape.ts'

/** Shapes of the variables that an expression sees. */
export class Scope {
  readonly #own = new Map<string, Shape>()
  readonly #outer: Scope | undefined

  constructor(outer?: Scope) {
    this.#outer = outer
  }

  set(name: string, shape: Shape): void {
    this.#own.set(name, shape)
  }

  get(name: string): Shape {
    return this.#own.get(name) ?? this.#outer?.get(name) ?? unknown
  }
}

/** What inference is told of, and what it tells. */
export interface Inference {
  /** The shape of the whole message: `$$`. */
  readonly root: Shape
  /** The shape of a field of the context; says so when it can have none of that name. */
  readonly field: (context: Shape, node: SyntaxNode) => Shape
  readonly startOf: (node: SyntaxNode) => number
}
