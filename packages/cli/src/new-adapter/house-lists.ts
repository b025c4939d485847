/** A file that has a line for each adapter. Both parts are pure. */
export interface HouseList {
  /** From the root of the checkout. */
  readonly path: string
  /** What to write there by hand, when `added` finds no place for it. */
  readonly line: string
  /** The file with the new adapter in it; `null` when it does not look as expected. As it was when the adapter stands there already. */
  added(text: string): string | null
}

/** The lists that a new adapter goes into, each with its place in it. */
export function houseLists({
  name,
  summary,
}: {
  readonly name: string
  readonly summary: string
}): readonly HouseList[] {
  const identifier = identifierOf(name)
  const packageName = `@portreeve/adapter-${name}`
  const quoted = `'${packageName}'`
  const importLine = `import ${identifier} from ${quoted}`
  const room = `  'adapter-${name}': { tier: 4, only: adapterRooms },`
  const row = `| \`adapters/${name}\` | ${summary.replace(/\.$/, '').replaceAll('|', '\\|')} |`
  const dependency = `"${packageName}": "workspace:*"`
  return [
    {
      path: 'packages/broker/src/adapters.ts',
      line: `${importLine}, and ${identifier} in the list`,
      added(text) {
        if (text.includes(quoted)) return text
        const imported = withLine(text, /^import .* from '@portreeve\/(adapter-[^']+)'$/, `adapter-${name}`, importLine)
        return imported && withLine(imported, /^ {2}(\w+),$/, identifier, `  ${identifier},`)
      },
    },
    dependencyIn('packages/broker/package.json', 'dependencies', packageName, dependency),
    dependencyIn('package.json', 'devDependencies', packageName, dependency),
    {
      path: 'test/architecture/rooms.ts',
      line: room.trim(),
      added(text) {
        if (text.includes(`'adapter-${name}':`)) return text
        return withLine(
          text,
          /^ {2}'(adapter-(?!template').+)': \{ tier: 4, only: adapterRooms \},$/,
          `adapter-${name}`,
          room,
        )
      },
    },
    {
      path: 'README.md',
      line: row,
      added(text) {
        if (text.includes(`\`adapters/${name}\``)) return text
        return withLine(text, /^\| `adapters\/([^`]+)`.*\|$/, name, row)
      },
    },
  ]
}

function dependencyIn(path: string, list: string, packageName: string, line: string): HouseList {
  return {
    path,
    line: `${line} under ${list}`,
    added(text) {
      const manifest: unknown = JSON.parse(text)
      if (typeof manifest !== 'object' || manifest === null) return null
      const listed: unknown = Reflect.get(manifest, list)
      if (typeof listed !== 'object' || listed === null) return null
      const sorted = Object.entries({ ...listed, [packageName]: 'workspace:*' }).sort(([a], [b]) => compare(a, b))
      return `${JSON.stringify({ ...manifest, [list]: Object.fromEntries(sorted) }, null, 2)}\n`
    },
  }
}

/** With a line before the first of its kind that comes after it in the alphabet, or after the last; `null` where there are none. */
function withLine(text: string, kind: RegExp, key: string, line: string): string | null {
  const lines = text.split('\n')
  const ofKind = lines.flatMap((each, index) => {
    const found = kind.exec(each)?.[1]
    return found === undefined ? [] : [{ found, index }]
  })
  const last = ofKind.at(-1)
  if (!last) return null
  const before = ofKind.find(({ found }) => compare(found, key) > 0)?.index ?? last.index + 1
  return lines.toSpliced(before, 0, line).join('\n')
}

/** Figures count as numbers, as the formatter of the house sorts imports. */
const { compare } = new Intl.Collator('en', { numeric: true })

/** What the product's list of adapters names already, and words that are no names. */
const taken: ReadonlySet<string> = new Set(
  `adapters adapter break case catch class const continue debugger default delete do else export extends false finally for
  function if import in instanceof new null return super switch this throw true try typeof var void while with yield let
  static await enum implements interface package private protected public arguments eval undefined`.split(/\s+/),
)

/** `notice-board` -> `noticeBoard`. */
export function identifierOf(name: string): string {
  const identifier = name.replaceAll(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase())
  return taken.has(identifier) ? `${identifier}System` : identifier
}
