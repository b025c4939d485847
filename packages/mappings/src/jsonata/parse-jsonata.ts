import jsonata from 'jsonata'
import { isNode, type SyntaxNode } from './syntax-tree.ts'

/** The syntax tree of a script that compiles. */
export function parseJsonata(text: string): SyntaxNode {
  const tree: unknown = jsonata(text).ast()
  if (isNode(tree)) return tree
  throw new TypeError('JSONata gave no syntax tree')
}
