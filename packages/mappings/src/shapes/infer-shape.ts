import { isNode, nodesOf, type SyntaxNode } from '../jsonata/syntax-tree.ts'
import { inferCall } from './infer-call.ts'
import { type Inference, Scope } from './scope.ts'
import { either, merged, plain, type Shape, unknown } from './shape.ts'

/** The shape of what an expression gives in this context: `$`. */
export function infer(node: SyntaxNode | undefined, context: Shape, scope: Scope, inference: Inference): Shape {
  if (node === undefined) return unknown
  const at = (part: unknown, within = context, names = scope) =>
    infer(isNode(part) ? part : undefined, within, names, inference)
  const shape = inferPlain()
  if (isRecord(node.group)) objectOf(node.group.lhs, shape)
  return isRecord(node.group) ? unknown : shape

  function inferPlain(): Shape {
    switch (node?.type) {
      case 'path':
        return inferPath(nodesOf(node.steps), context, scope, inference)
      case 'name':
        return inference.field(context, node)
      case 'variable':
        return variable(String(node.value))
      case 'block': {
        const inner = new Scope(scope)
        return (
          nodesOf(node.expressions)
            .map((part) => at(part, context, inner))
            .at(-1) ?? unknown
        )
      }
      case 'bind': {
        const shape = at(node.rhs)
        if (isNode(node.lhs)) scope.set(String(node.lhs.value), shape)
        return shape
      }
      case 'condition':
        at(node.condition)
        return node.else === undefined ? at(node.then) : either([at(node.then), at(node.else)])
      case 'unary':
        if (node.value === '{') return objectOf(node.lhs, context)
        if (node.value === '[') return either(nodesOf(node.expressions).map((part) => at(part)))
        at(node.expression)
        return plain
      case 'binary':
        at(node.lhs)
        at(node.rhs)
        return plain
      case 'function':
      case 'partial':
        return inferCall(node, [], context, scope, inference)
      case 'apply':
        return applied(node)
      case 'lambda':
        return lambda(node)
      case 'transform':
        at(node.update, at(node.pattern))
        return unknown
      case 'string':
      case 'number':
      case 'value':
        return plain
      default:
        return unknown
    }
  }

  function variable(name: string): Shape {
    if (name === '') return context
    return name === '$' ? inference.root : scope.get(name)
  }

  function objectOf(pairs: unknown, within: Shape): Shape {
    const members = new Map<string, Shape>()
    let open = false
    for (const pair of Array.isArray(pairs) ? pairs : []) {
      const [key, value]: readonly unknown[] = Array.isArray(pair) ? pair : []
      const shape = at(value, within)
      if (isNode(key) && key.type === 'string') members.set(String(key.value), shape)
      else open = true
      at(key, within)
    }
    const madeAt = node ? inference.startOf(node) : 0
    return { kind: 'object', name: 'what the script makes', members, open, madeAt }
  }

  function applied({ lhs, rhs }: SyntaxNode): Shape {
    const given = at(lhs)
    if (!isNode(rhs)) return unknown
    if (rhs.type === 'function') return inferCall(rhs, [given], context, scope, inference)
    if (rhs.type !== 'transform') return at(rhs)
    const pattern = isNode(rhs.pattern) ? rhs.pattern : undefined
    const update = at(rhs.update, at(pattern, given))
    const isWhole = pattern?.type === 'variable' && pattern.value === '' && rhs.delete === undefined
    return isWhole ? merged([given, update], inference.startOf(rhs)) : unknown
  }

  function lambda(of: SyntaxNode): Shape {
    const inner = new Scope(scope)
    for (const { value } of nodesOf(of.arguments)) inner.set(String(value), unknown)
    at(of.body, context, inner)
    return unknown
  }
}

function inferPath(steps: readonly SyntaxNode[], context: Shape, scope: Scope, inference: Inference): Shape {
  const inner = new Scope(scope)
  let current = context
  for (const step of steps) {
    const filters = [...nodesOf(step.stages), ...nodesOf(step.predicate)]
    const isSort = step.type === 'sort'
    if (isSort) for (const term of termsOf(step)) infer(term, current, inner, inference)
    const given = isSort ? current : infer(step, current, inner, inference)
    for (const { expr } of filters) infer(isNode(expr) ? expr : undefined, given, inner, inference)
    if (typeof step.index === 'string') inner.set(step.index, plain)
    if (typeof step.focus === 'string') inner.set(step.focus, given)
    else current = given
  }
  return current
}

function termsOf({ terms }: SyntaxNode): readonly SyntaxNode[] {
  return nodesOf((Array.isArray(terms) ? terms : []).map((term: unknown) => (isRecord(term) ? term.expression : term)))
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
