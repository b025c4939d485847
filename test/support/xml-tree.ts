/** An XML element as tests build it: the name with the usual prefix, text or elements inside, never both. */
export interface XmlElement {
  /** `BAreports`, `bs7666:Town`: no prefix is Valuebill's own namespace. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly content: string | readonly XmlElement[]
}

/** The prefixes that Valuebill files usually declare. `other` is a namespace that no schema knows. */
export const namespaces = {
  '': 'http://www.govtalk.gov.uk/LG/Valuebill',
  apd: 'http://www.govtalk.gov.uk/people/AddressAndPersonalDetails',
  bs7666: 'http://www.govtalk.gov.uk/people/bs7666',
  core: 'http://www.govtalk.gov.uk/core',
  pdt: 'http://www.govtalk.gov.uk/people/PersonDescriptives',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
  other: 'urn:example:other',
} as const

export interface WriteStyle {
  /** `usual`: Valuebill is the default namespace. `prefixed`: every element has a prefix, and none the usual one. */
  readonly names?: 'usual' | 'prefixed'
  /** Spaces per level; 0 writes one line. Default 0. */
  readonly indent?: number
  /** Text inside element content, such as a comment, put after each start tag. Default none. */
  readonly between?: string
  /** How text is written: as references where needed (default), or as CDATA sections. */
  readonly text?: 'escaped' | 'cdata'
}

/** A whole document without an XML declaration. */
export function writeXml(root: XmlElement, style: WriteStyle = {}): string {
  const declared = Object.entries(namespaces).map(([prefix, uri]) => {
    const name = spelt(prefix, style)
    return ` ${name === '' ? 'xmlns' : `xmlns:${name}`}="${uri}"`
  })
  return writeElement(root, style, 0, declared.join(''))
}

/** Every element of the tree with the child indexes that lead to it; the root comes first. */
export function* walk(root: XmlElement, path: readonly number[] = []): Generator<[readonly number[], XmlElement]> {
  yield [path, root]
  if (typeof root.content === 'string') return
  for (const [index, child] of root.content.entries()) yield* walk(child, [...path, index])
}

/** The same tree with the element at `path` replaced by none, one or several. The root can only become one. */
export function replaceAt(
  root: XmlElement,
  path: readonly number[],
  change: (element: XmlElement) => readonly XmlElement[],
): XmlElement {
  const [index, ...rest] = path
  if (index === undefined) return change(root)[0] ?? root
  if (typeof root.content === 'string') throw new TypeError(`no element at ${path.join('/')}`)
  const content = root.content.flatMap((child, at) => {
    if (at !== index) return [child]
    return rest.length === 0 ? change(child) : [replaceAt(child, rest, change)]
  })
  return { ...root, content }
}

function writeElement(element: XmlElement, style: WriteStyle, depth: number, declared: string): string {
  const name = qualified(element.name, style)
  const attributes = Object.entries(element.attributes).map(
    ([key, value]) => ` ${attribute(key, style)}="${references(value)}"`,
  )
  const start = `<${name}${declared}${attributes.join('')}`
  if (element.content.length === 0) return `${start}/>`
  if (typeof element.content === 'string') {
    return `${start}>${style.text === 'cdata' ? cdata(element.content) : references(element.content)}</${name}>`
  }
  const line = style.indent ? `\n${' '.repeat(style.indent * (depth + 1))}` : ''
  const last = style.indent ? `\n${' '.repeat(style.indent * depth)}` : ''
  const children = element.content.map((child) => line + writeElement(child, style, depth + 1, ''))
  return `${start}>${style.between ?? ''}${children.join('')}${last}</${name}>`
}

function qualified(name: string, style: WriteStyle): string {
  const [prefix, local] = name.includes(':') ? name.split(':', 2) : ['', name]
  const written = spelt(prefix ?? '', style)
  return written === '' ? `${local}` : `${written}:${local}`
}

function attribute(name: string, style: WriteStyle): string {
  return name.includes(':') && !name.startsWith('xml:') ? qualified(name, style) : name
}

function spelt(prefix: string, style: WriteStyle): string {
  return style.names === 'prefixed' && prefix !== 'xsi' ? `p${prefix}` : prefix
}

function references(text: string): string {
  return text.replace(/[<>&"\r\n\t]/g, (character) => `&#${character.charCodeAt(0)};`)
}

function cdata(text: string): string {
  return text
    .split('\r')
    .map((part) => `<![CDATA[${part.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`)
    .join('&#13;')
}
