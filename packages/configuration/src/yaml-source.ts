import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { ConfigurationPlace, LintProblem } from './configuration.ts'

/** A YAML file that knows where each of its values stands. */
export class YamlSource {
  readonly file: string
  readonly value: unknown
  /** What the YAML reader itself complains of: syntax, keys that stand twice. */
  readonly problems: readonly LintProblem[]
  readonly #contents: Node | null
  readonly #lines: LineCounter

  constructor(file: string, text: string) {
    this.file = file
    this.#lines = new LineCounter()
    const document = parseDocument(text, {
      lineCounter: this.#lines,
      uniqueKeys: true,
      prettyErrors: false,
      version: '1.2',
    })
    this.#contents = document.contents
    this.problems = [...document.errors, ...document.warnings].map((error) => ({
      severity: 'error',
      kind: error.code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'yaml-syntax',
      place: this.#placeAt(error.pos[0]),
      sentence: `${error.message.replace(/\.$/, '')}.`,
      remedy: 'Correct the YAML at this place.',
    }))
    // Few aliases are honest; a tree of them is a bomb.
    this.value = document.errors.length === 0 ? document.toJS({ maxAliasCount: 20 }) : undefined
  }

  /** Where the value at this path stands; of a path that is not there, where its nearest parent stands. */
  placeOf(path: readonly (string | number)[], which: 'value' | 'key' = 'value'): ConfigurationPlace {
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

  #placeAt(offset: number): ConfigurationPlace {
    const { line, col } = this.#lines.linePos(offset)
    return { file: this.file, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
}
