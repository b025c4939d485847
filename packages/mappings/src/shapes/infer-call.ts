import { isNode, nodesOf, type SyntaxNode } from '../jsonata/syntax-tree.ts'
import { infer } from './infer-shape.ts'
import { type Inference, Scope } from './scope.ts'
import { either, merged, type Shape, unknown } from './shape.ts'

/** Which parameters of the function that they are given stand for an item of the list: by the names of JSONata's functions. */
const itemParameters: Readonly<Record<string, readonly number[]>> = {
  map: [0],
  filter: [0],
  single: [0],
  sort: [0, 1],
  reduce: [1],
}
const giveWhatTheyTake = new Set(['filter', 'single', 'sort', 'reverse', 'distinct'])

/** The shape of what a call gives. `before`: what stands before `~>`, the first argument. */
export function inferCall(
  node: SyntaxNode,
  before: readonly Shape[],
  context: Shape,
  scope: Scope,
  inference: Inference,
): Shape {
  const procedure = isNode(node.procedure) ? node.procedure : undefined
  const name = procedure?.type === 'variable' ? String(procedure.value) : ''
  if (procedure !== undefined && name === '') infer(procedure, context, scope, inference)
  const nodes = nodesOf(node.arguments)
  const [first, others] = before.length > 0 ? [undefined, nodes] : [nodes[0], nodes.slice(1)]
  if (name === 'merge' && first?.type === 'unary' && first.value === '[') {
    const parts = nodesOf(first.expressions).map((part) => infer(part, context, scope, inference))
    return merged(parts, inference.startOf(node))
  }
  const given = before[0] ?? infer(first, context, scope, inference)
  const results = others.map((other) =>
    other.type === 'lambda' ? body(other, itemParameters[name] ?? [], given) : infer(other, context, scope, inference),
  )
  if (giveWhatTheyTake.has(name)) return given
  if (name === 'map') return results[0] ?? unknown
  return name === 'append' ? either([given, ...results]) : unknown

  function body(lambda: SyntaxNode, items: readonly number[], item: Shape): Shape {
    const inner = new Scope(scope)
    for (const [index, { value }] of nodesOf(lambda.arguments).entries()) {
      inner.set(String(value), items.includes(index) ? item : unknown)
    }
    return infer(isNode(lambda.body) ? lambda.body : undefined, context, inner, inference)
  }
}
