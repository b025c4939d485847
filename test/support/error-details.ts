/** One `new PortreeveError('CODE', { … })` in a source, with the names that its details have. */
export interface DetailsGiven {
  readonly code: string
  readonly names: readonly string[]
}

/**
 * Every place in a source where an error is made from a code and an object that are both written out there. Details
 * with a spread in them, or handed on by name, cannot be read from the text and are left out.
 */
export function detailsGiven(source: string): DetailsGiven[] {
  return [...source.matchAll(/new PortreeveError\(\s*'(PRV_\w+)'\s*(,|\))/g)].flatMap((match) => {
    const code = match[1] ?? ''
    if (match[2] === ')') return [{ code, names: [] }]
    const rest = source.slice(match.index + match[0].length).trimStart()
    const names = rest.startsWith('{') ? memberNames(rest) : undefined
    return names === undefined ? [] : [{ code, names }]
  })
}

/** Names of the members of the object literal that the text starts with; `undefined` when it has a spread. */
function memberNames(text: string): string[] | undefined {
  const names: string[] = []
  let depth = 0
  let member = ''
  for (const character of text) {
    if (depth === 1 && (character === ',' || character === '}')) {
      if (member.trim().startsWith('...')) return undefined
      const name = member.match(/^\s*(\w+)/)?.[1]
      if (name !== undefined) names.push(name)
      member = ''
    } else if (depth === 1) member += character
    if ('{[('.includes(character)) depth++
    if ('}])'.includes(character)) depth--
    if (depth === 0) return names
  }
  return undefined
}
