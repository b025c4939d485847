import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root, sourceFiles } from '../support/source-files.ts'

const pages = ['*.md', '{docs,config,schemas,packages,adapters,test}/**/*.md'].flatMap(sourceFiles)
const links = pages.flatMap(({ path, text }) => linksOf(text).map(({ line, target }) => ({ page: path, line, target })))

describe('links between the pages', () => {
  it('are found', () => {
    expect(links.length).toBeGreaterThan(40)
    expect(linksOf('a [b\nc](d.md#e "t")\n[f]: <g.md>\n`[h](i.md)` [j](https://k)\n```\n[l](m.md)\n```\n')).toEqual([
      { line: 2, target: 'd.md#e' },
      { line: 3, target: 'g.md' },
    ])
  })

  it('know the headings as the page shows them', () => {
    const page = '# A `B`, c_d: (e)\n## Twice\n```\n# no heading\n```\n## [Twice](x.md)\n'
    expect([...anchorsOf(page)]).toEqual(['a-b-c_d-e', 'twice', 'twice-1'])
  })

  it.each(links)('$page:$line leads somewhere: $target', ({ page, target }) => {
    const [path = '', fragment] = target.split('#')
    const file = path === '' ? page : posix.join(dirname(page), decodeURI(path))
    expect(existsSync(join(root, file)), `there is no ${file}`).toBe(true)
    if (fragment !== undefined) expect([...anchorsOf(readFileSync(join(root, file), 'utf8'))]).toContain(fragment)
  })
})

/** Links to files of this repository, with the line that their target stands in; what stands as code is none. */
function linksOf(page: string): readonly { readonly line: number; readonly target: string }[] {
  const text = withoutFences(page).replaceAll(/`[^`\n]*`/g, '')
  return [...text.matchAll(/\]\(<?([^)\s>]+)[^)]*\)|^\[[^\]\n]+\]: *<?([^\s>]+)/gm)].flatMap((match) => {
    const target = match[1] ?? match[2] ?? ''
    const line = text.slice(0, match.index).split('\n').length
    return /^[a-z][a-z\d+.-]*:/i.test(target) ? [] : [{ line, target }]
  })
}

/** What GitHub makes of the headings: small letters, hyphens for spaces, no punctuation, a number for a repeat. */
function anchorsOf(page: string): ReadonlySet<string> {
  const anchors = new Set<string>()
  for (const [, heading = ''] of withoutFences(page).matchAll(/^#{1,6} +(.*?)(?: +#+)? *$/gm)) {
    const shown = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const name = shown.replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, '').replaceAll(' ', '-')
    let anchor = name
    for (let repeat = 1; anchors.has(anchor); repeat += 1) anchor = `${name}-${repeat}`
    anchors.add(anchor)
  }
  return anchors
}

/** The same lines, those of fenced blocks empty. */
function withoutFences(page: string): string {
  return page.replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, (fence) => fence.replaceAll(/[^\n]/g, ''))
}
