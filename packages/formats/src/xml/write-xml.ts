import { cutValue } from '../cut-value.ts'
import type { Problem } from '../problem.ts'
import { ValueRefused } from '../value-refused.ts'
import { stepOf } from './element-path.ts'
import { namespacePrefixes, qualified } from './namespace-prefixes.ts'
import { escapeAttribute, escapeText, isXmlName, unwritable, type WrittenEncoding } from './xml-characters.ts'
import type { XmlElement } from './xml-element.ts'

export interface WriteXmlOptions {
  /** Namespace to prefix; `''` makes it the default namespace. Others get `ns1`, `ns2` … All stand on the root. */
  readonly prefixes?: Readonly<Record<string, string>>
  /** Default `UTF-8`. */
  readonly encoding?: WrittenEncoding
  /** Write `<?xml …?>` first. Default true. */
  readonly declaration?: boolean
  /** Spaces by which children stand further in than their parent; 0 writes all on one line. Default 0. */
  readonly indentSpaces?: number
}

/**
 * The bytes of a tree. The same tree gives the same bytes, and reading them gives the same tree.
 *
 * @throws ValueRefused (`PRV_FORMATS_CHARACTER`) for each text that holds a character which XML 1.0 or the encoding
 * does not have, and for each name that is none: nothing is dropped or replaced.
 */
export function writeXml(root: XmlElement, options: WriteXmlOptions = {}): Uint8Array {
  const { encoding = 'UTF-8', declaration = true } = options
  const text = xmlText(root, options)
  const all = declaration ? `<?xml version="1.0" encoding="${encoding}"?>\n${text}\n` : text
  return Buffer.from(all, encoding === 'UTF-8' ? 'utf8' : 'latin1')
}

/** As `writeXml`, as text and without a declaration. */
export function xmlText(root: XmlElement, options: WriteXmlOptions = {}): string {
  const { prefixes = {}, encoding = 'UTF-8', indentSpaces = 0 } = options
  const writer = new Writer(namespacePrefixes(root, prefixes), encoding, indentSpaces)
  const text = writer.write(root)
  const [first, ...more] = writer.problems
  if (first !== undefined) throw new ValueRefused([first, ...more])
  return text
}

class Writer {
  readonly problems: Problem[] = []
  readonly #prefixes: ReadonlyMap<string, string>
  readonly #encoding: WrittenEncoding
  readonly #indent: number
  readonly #open: XmlElement[] = []
  /** Names that were found to be good. */
  readonly #names = new Set<string>()

  constructor(prefixes: ReadonlyMap<string, string>, encoding: WrittenEncoding, indent: number) {
    this.#prefixes = prefixes
    this.#encoding = encoding
    this.#indent = indent
  }

  write(root: XmlElement): string {
    let declarations = ''
    for (const [namespace, prefix] of this.#prefixes) {
      this.#check(namespace, '')
      declarations += ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(namespace)}"`
    }
    return this.#element(root, declarations)
  }

  #element(element: XmlElement, declarations: string): string {
    this.#open.push(element)
    this.#checkName(element.name)
    const name = qualified(this.#prefixes, element.namespace, element.name)
    let tag = `<${name}${declarations}`
    for (const attribute of element.attributes) {
      this.#checkName(attribute.name)
      this.#check(attribute.value, `/@${attribute.name}`)
      tag += ` ${qualified(this.#prefixes, attribute.namespace, attribute.name)}="${escapeAttribute(attribute.value)}"`
    }
    this.#check(element.text, '')
    const content = this.#content(element)
    this.#open.pop()
    return content === '' ? `${tag}/>` : `${tag}>${content}</${name}>`
  }

  #content(element: XmlElement): string {
    let content = escapeText(element.text)
    if (element.children.length === 0) return content
    // White space may be put only where there is no text for it to become part of.
    const indented = this.#indent > 0 && element.text === ''
    const lineStart = indented ? `\n${' '.repeat(this.#indent * this.#open.length)}` : ''
    for (const child of element.children) content += lineStart + this.#element(child, '')
    return indented ? content + lineStart.slice(0, -this.#indent) : content
  }

  #check(text: string, at: string): void {
    const character = unwritable(text, this.#encoding)
    if (character === undefined) return
    const what = `the character ${character}, which a ${this.#encoding} XML file cannot hold`
    this.#complain(at, `character of XML 1.0 in ${this.#encoding}`, text, `contains ${what}. Take it out or replace it`)
  }

  #checkName(name: string): void {
    if (this.#names.has(name)) return
    if (isXmlName(name)) this.#names.add(name)
    else this.#complain('', 'Name', name, 'has a name that is no XML name. Correct the mapping')
  }

  #complain(at: string, rule: string, value: string, what: string): void {
    const path = this.#open.map((element, depth) => stepOf(this.#open[depth - 1], element)).join('') + at
    const subject = at === '' ? (this.#open.at(-1)?.name ?? 'The document') : at.slice(2)
    const sentence = `${cutValue(subject)} ${what}.`
    this.problems.push({ code: 'PRV_FORMATS_CHARACTER', path, rule, value: cutValue(value), sentence })
  }
}
