import { type CatalogueEntry, catalogue } from '@portreeve/errors'
import { notice } from './notice.ts'

const classes: Readonly<Record<CatalogueEntry['failureClass'], string>> = {
  'target-down': 'The other system cannot be reached. That receiver waits and is tried again later.',
  overload: 'The other system asks us to slow down. That receiver waits as long as it says.',
  'message-bad': 'This message will never pass as it is. It and later ones of its key wait for a person; others go on.',
  'already-done': 'The receiver has it already. Its proof is accepted.',
  'unknown-outcome': 'It may or may not have been taken. The receiver is asked before anything is sent again.',
  operator: 'This machine or its configuration needs a person. Nothing moves until then.',
}

/** `docs/errors.md`: every code of the catalogue by area. `areas` are those of the catalogue's files: `claim-check`. */
export function errorsPage(areas: readonly string[]): string {
  const entries = Object.entries<CatalogueEntry>(catalogue)
  return [
    notice,
    '# Errors',
    'Every error has a code, which keeps its meaning for ever, and says what was being done, what stood in the way and what to do. A place such as `{file}` is filled in from the details of the error. Each code is an anchor of this page.',
    '## Failure classes',
    'The class of an error decides who waits, who is told, and whether sending again is safe.',
    [
      '| Class | What it means |',
      '|---|---|',
      ...Object.entries(classes).map(([name, text]) => `| \`${name}\` | ${text} |`),
    ].join('\n'),
    ...areas.flatMap((area) => {
      const ofArea = entries.filter(([code]) => areaOf(code, areas) === area)
      return ofArea.length === 0
        ? []
        : [`## ${title(area)}`, ...ofArea.sort(byCode).map(([code, entry]) => section(code, entry))]
    }),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n')
}

/** `claim-check` of `PRV_CLAIM_CHECK_DAMAGED`; `undefined` when it is in none of the areas. */
export function areaOf(code: string, areas: readonly string[]): string | undefined {
  const longestFirst = [...areas].sort((a, b) => b.length - a.length)
  return longestFirst.find((area) => code.startsWith(`PRV_${area.toUpperCase().replaceAll('-', '_')}_`))
}

/** The `{name}` places of a sentence. */
export function placesIn(sentence: string): string[] {
  return [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
}

function section(code: string, { text, remedy, failureClass, status }: CatalogueEntry): string {
  const places = [...new Set([...placesIn(text), ...placesIn(remedy)])].map((name) => `\`${name}\``)
  return [
    `### ${code}`,
    shown(text),
    [
      `- What to do: ${shown(remedy)}`,
      `- Failure class: \`${failureClass}\``,
      `- HTTP status: ${status}`,
      ...(places.length > 0 ? [`- Details: ${places.join(', ')}`] : []),
    ].join('\n'),
  ].join('\n\n')
}

function shown(sentence: string): string {
  return sentence.replace(/\{\w+\}/g, '`$&`').replace(/</g, '&lt;')
}

function title(area: string): string {
  return area.charAt(0).toUpperCase() + area.slice(1).replaceAll('-', ' ')
}

function byCode([a]: [string, CatalogueEntry], [b]: [string, CatalogueEntry]): number {
  return a < b ? -1 : 1
}
