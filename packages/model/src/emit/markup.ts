/** An element of an XML Schema document; its name is in the `xs` namespace. */
export interface XsdNode {
  readonly name: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly children?: readonly XsdNode[]
  readonly text?: string
}

/** The element as indented XML, with a line end after it. */
export function markup(node: XsdNode, indent = ''): string {
  const attributes = Object.entries(node.attributes ?? {}).map(([name, value]) => ` ${name}="${escaped(value)}"`)
  const start = `${indent}<xs:${node.name}${attributes.join('')}`
  if (node.text !== undefined) return `${start}>${escaped(node.text)}</xs:${node.name}>\n`
  if (!node.children?.length) return `${start}/>\n`
  return `${start}>\n${node.children.map((child) => markup(child, `${indent}  `)).join('')}${indent}</xs:${node.name}>\n`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
