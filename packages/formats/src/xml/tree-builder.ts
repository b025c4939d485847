import { type XmlAttribute, XmlElement } from './xml-element.ts'
import { ownAttributes, type StartTag } from './xml-handler.ts'

const none: readonly never[] = Object.freeze([])

/** An element that is still open. Used again for later elements of the same depth. */
class OpenElement {
  namespace = ''
  name = ''
  attributes: readonly XmlAttribute[] = none
  children: XmlElement[] | undefined
  text = ''
  line = 0
  column = 0
}

/** Builds the tree of one element and what is in it, from tags and texts in document order. */
export class TreeBuilder {
  readonly #open: OpenElement[] = []
  #depth = 0

  get depth(): number {
    return this.#depth
  }

  open(tag: StartTag, line: number, column: number): void {
    const at = this.#depth
    let element = this.#open[at]
    if (element === undefined) {
      element = new OpenElement()
      this.#open.push(element)
    }
    element.namespace = tag.uri
    element.name = tag.local
    element.attributes = ownAttributes(tag)
    element.children = undefined
    element.text = ''
    element.line = line
    element.column = column
    this.#depth = at + 1
  }

  text(text: string): void {
    const element = this.#open[this.#depth - 1]
    if (element !== undefined) element.text = element.text === '' ? text : element.text + text
  }

  /** The whole tree when this closes its outermost element. */
  close(): XmlElement | undefined {
    this.#depth -= 1
    const open = this.#open[this.#depth]
    if (open === undefined) throw new TypeError('an element is closed that was not opened')
    const { namespace, name, attributes, children, line, column } = open
    const text = children !== undefined && isSpace(open.text) ? '' : open.text
    const element = new XmlElement(namespace, name, attributes, children ?? none, text, line, column)
    const parent = this.#open[this.#depth - 1]
    if (this.#depth === 0 || parent === undefined) return element
    if (parent.children === undefined) parent.children = [element]
    else parent.children.push(element)
    return undefined
  }
}

/** White space as XML 1.0 (2.3, S) has it. */
export function isSpace(text: string): boolean {
  return !/[^ \t\r\n]/.test(text)
}
