/** A node of JSONata's syntax tree, as far as one node may be told from another. */
export interface SyntaxNode {
  readonly type: string
  readonly value?: unknown
  /** Of the character behind it, from 0; of a bracket, behind its opening. Absent for what the parser made up. */
  readonly position?: number
  readonly [part: string]: unknown
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** The nodes of a list; none when it is no list. */
export function nodesOf(value: unknown): readonly SyntaxNode[] {
  return Array.isArray(value) ? value.filter(isNode) : []
}

/** The node and all below it. */
export function* everyNode(root: unknown, seen = new Set<unknown>()): Generator<SyntaxNode> {
  if (typeof root !== 'object' || root === null || root instanceof RegExp || seen.has(root)) return
  seen.add(root)
  if (isNode(root)) yield root
  for (const part of Object.values(root)) yield* everyNode(part, seen)
}

/** Where a node begins, as an offset from 0. */
export function startOf(node: SyntaxNode, text: string): number {
  const end = node.position ?? 0
  const word = typeof node.value === 'string' ? node.value : ''
  const spelling = [`\`${word}\``, `$${word}`, `"${word}"`, `'${word}'`, word].find((one) =>
    text.slice(0, end).endsWith(one),
  )
  return spelling === undefined || spelling === '' ? Math.max(0, end - 1) : end - spelling.length
}
