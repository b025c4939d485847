import {
  type Alias,
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml'
import type { ConfigurationPlace } from './configuration.ts'
import { type LintProblem, lintError } from './lint-problem.ts'
import { yamlFault } from './yaml-fault.ts'

/** Steps from the top of a file to a value: keys of mappings, indexes of lists. */
export type YamlPath = readonly (string | number)[]

/** Few aliases are honest; a tree of them is a bomb. */
const maxAliasCount = 20

/** A YAML file that knows where each of its values stands. */
export class YamlSource {
  readonly file: string
  /** `undefined` when there are problems. */
  readonly value: unknown
  /** What keeps the file from being read at all: syntax, keys that stand twice, too many aliases. */
  readonly problems: readonly LintProblem[]
  readonly #contents: Node | null
  readonly #lines = new LineCounter()
  readonly #text: string

  constructor(file: string, text: string) {
    this.file = file
    this.#text = text
    const document = parseDocument(text, {
      lineCounter: this.#lines,
      uniqueKeys: true,
      prettyErrors: false,
      version: '1.2',
    })
    this.#contents = document.contents
    const { value, problems } = this.#read(document)
    this.value = value
    this.problems = problems
  }

  /** Where the value at this path stands; of a path that is not there, where its nearest parent stands. */
  placeOf(path: YamlPath, which: 'value' | 'key' = 'value'): ConfigurationPlace {
    let node: unknown = this.#contents
    let offset = this.#contents?.range?.[0] ?? 0
    for (const [depth, step] of path.entries()) {
      const last = depth === path.length - 1
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
        if (!pair) break
        if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset
        node = pair.value
        if (last && which === 'key') break
      } else if (isSeq(node)) {
        node = node.items[Number(step)]
      } else break
      const start = (node as Node | null)?.range?.[0]
      if (start !== undefined) offset = start
    }
    return this.#placeAt(offset)
  }

  /** As it is written, before references are resolved. */
  valueAt(path: YamlPath): unknown {
    return path.reduce<unknown>(
      (value, step) =>
        typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[step] : undefined,
      this.value,
    )
  }

  has(path: YamlPath): boolean {
    return path.reduce<unknown>((value, step) => (isRecord(value) ? value[step] : undefined), this.value) !== undefined
  }

  /** Where a place inside the text at this path stands, from 1 in both. Exact in a block (`|`); else as near as can be told. */
  placeInText(path: YamlPath, { line, column } = { line: 1, column: 1 }): ConfigurationPlace {
    const start = this.placeOf(path)
    const lines = this.#text.split('\n')
    const rest = lines[start.line - 1]?.slice(start.column - 1) ?? ''
    if (!/^[|>]/.test(rest)) {
      const quote = /^["']/.test(rest) ? 1 : 0
      return { ...start, line: start.line + line - 1, column: line === 1 ? start.column + quote + column - 1 : column }
    }
    const indent = /^ */.exec(lines.slice(start.line).find((one) => one.trim() !== '') ?? '')?.[0].length ?? 0
    return { file: this.file, line: start.line + line, column: indent + column }
  }

  #read(document: Document.Parsed): { value: unknown; problems: readonly LintProblem[] } {
    // The first fault makes the reader stumble on: what it says of the following ones only confuses.
    const [fault] = [...document.errors, ...document.warnings].sort((one, other) => one.pos[0] - other.pos[0])
    if (fault) return { value: undefined, problems: [this.#problemOf(fault)] }
    const unknown = aliases(document).find((alias) => alias.resolve(document) === undefined)
    if (unknown) return this.#refused(unknown, unknownAlias)
    try {
      return { value: document.toJS({ maxAliasCount }), problems: [] }
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error
      return this.#refused(aliases(document)[0], tooManyAliases)
    }
  }

  #refused(node: Node | undefined, said: typeof unknownAlias): { value: undefined; problems: readonly LintProblem[] } {
    const place = this.#placeAt(node?.range?.[0] ?? 0)
    return { value: undefined, problems: [lintError('yaml-syntax', place, said)] }
  }

  #problemOf(error: YAMLError): LintProblem {
    const { code, pos } = error
    return lintError(
      code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'yaml-syntax',
      this.#placeAt(pos[0]),
      yamlFault(error),
    )
  }

  #placeAt(offset: number): ConfigurationPlace {
    const { line, col } = this.#lines.linePos(offset)
    return { file: this.file, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
}

const unknownAlias = {
  sentence: 'This begins with "*", which makes it an alias, and nothing has that name.',
  remedy: 'Put quotes round the value.',
}

const tooManyAliases = {
  sentence: 'The aliases of this file, which begin here, stand for too much.',
  remedy: `Write the values out: at most ${maxAliasCount} may come by alias.`,
}

function aliases(document: Document.Parsed): readonly Alias[] {
  const found: Alias[] = []
  visit(document, { Alias: (_, alias) => void found.push(alias) })
  return found
}

function isRecord(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === 'object' && value !== null
}
