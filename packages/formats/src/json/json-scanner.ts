import type { Place } from '../xml/place.ts'

/** Why a text is not read as JSON. */
export interface JsonFault {
  readonly code: 'PRV_FORMATS_NOT_WELL_FORMED' | 'PRV_FORMATS_LIMIT'
  /** JSON Pointer (RFC 6901) of the value that was being read. */
  readonly pointer: string
  readonly offset: number
  readonly rule: string
  /** What is wrong, to follow "The file is not well-formed JSON: ". */
  readonly what: string
}

/** Thrown inside this file and `json-format.ts` alone. */
export class JsonScanFault extends Error {
  readonly fault: JsonFault

  constructor(fault: JsonFault) {
    super(fault.what)
    this.fault = fault
  }
}

/**
 * Goes through a JSON text (RFC 8259) and finds what `JSON.parse` does not tell: the place of a fault and of each value,
 * nesting that is too deep, and what I-JSON (RFC 7493) forbids: a key twice, half a surrogate pair.
 */
export class JsonScanner {
  readonly #text: string
  readonly #maxDepth: number
  readonly #places: Map<string, number> | undefined
  readonly #pointer: string[] = []
  #at = 0

  /** `places`, when given, is filled with the offset of each value by its pointer. */
  constructor(text: string, maxDepth: number, places?: Map<string, number>) {
    this.#text = text
    this.#maxDepth = maxDepth
    this.#places = places
  }

  /** @throws JsonScanFault */
  scan(): void {
    this.#value()
    if (this.#next() !== undefined) this.#fail('JSON-text', 'there is something after its end')
  }

  #value(): void {
    const first = this.#next()
    this.#places?.set(this.#pointer.join(''), this.#at)
    if (first === '{') this.#list('}', () => this.#member(new Set()))
    else if (first === '[') this.#list(']', () => this.#item())
    else if (first === '"') this.#string()
    else if (first === undefined) this.#fail('value', 'it ends before it is complete; it was probably cut off')
    else if (this.#match(/true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y) === undefined) {
      this.#fail('value', 'there is no value where one must stand')
    }
  }

  /** The parts of an object or a list, between commas; `partOf` gives what reads each part of this one. */
  #list(end: '}' | ']', partOf: () => (index: number) => void): void {
    if (this.#pointer.length >= this.#maxDepth) {
      this.#fail('nesting', `there may be at most ${this.#maxDepth} levels inside one another`, 'PRV_FORMATS_LIMIT')
    }
    const part = partOf()
    this.#at += 1
    if (this.#next() === end) {
      this.#at += 1
      return
    }
    for (let index = 0; ; index += 1) {
      part(index)
      const after = this.#next()
      if (after !== end && after !== ',') {
        this.#fail(
          'separator',
          after === undefined
            ? 'it ends before it is complete; it was probably cut off'
            : `there is no , or ${end} after a value`,
        )
      }
      this.#at += 1
      if (after === end) return
    }
  }

  #item(): (index: number) => void {
    return (index) => this.#below(String(index))
  }

  #member(keys: Set<string>): () => void {
    return () => {
      if (this.#next() !== '"') this.#fail('member', 'there is no name in quotation marks where one must stand')
      const start = this.#at
      const key = this.#string()
      if (keys.has(key)) this.#fail('unique names', 'a name stands twice in one object', undefined, start)
      keys.add(key)
      if (this.#next() !== ':') this.#fail('member', 'there is no : after a name')
      this.#at += 1
      this.#below(key)
    }
  }

  #below(step: string): void {
    this.#pointer.push(`/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    this.#value()
    this.#pointer.pop()
  }

  #string(): string {
    const start = this.#at
    this.#at += 1
    for (;;) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these in a string.
      const special = this.#search(/["\\\u0000-\u001f]/g)
      if (special === '"') break
      if (special !== '\\' || this.#match(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y) === undefined) {
        this.#fail('string', 'a text in quotation marks does not end, or has a character that may not stand there')
      }
    }
    this.#at += 1
    const raw = this.#text.slice(start, this.#at)
    if (!raw.includes('\\')) return raw.slice(1, -1)
    const text = String(JSON.parse(raw))
    if (!text.isWellFormed()) this.#fail('string', 'a text has half of a surrogate pair', undefined, start)
    return text
  }

  /** Goes on to what is found next, or to the end. */
  #search(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    this.#at = found?.index ?? this.#text.length
    return found?.[0]
  }

  /** The next character that is not white space. */
  #next(): string | undefined {
    this.#match(/[ \t\n\r]+/y)
    return this.#text[this.#at]
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    this.#at += found?.length ?? 0
    return found
  }

  #fail(rule: string, what: string, code: JsonFault['code'] = 'PRV_FORMATS_NOT_WELL_FORMED', offset = this.#at): never {
    throw new JsonScanFault({ code, pointer: this.#pointer.join(''), offset, rule, what })
  }
}

/** Line and column, from 1, of an offset. */
export function placeIn(text: string, offset: number): Place {
  const before = text.slice(0, offset)
  const line = before.split(/\r\n|\r|\n/).length
  return { line, column: offset - Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) }
}
