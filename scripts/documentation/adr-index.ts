import { notice } from './notice.ts'

/** An Architecture Decision Record as its first lines tell it. A part that is missing is `''`. */
export interface Adr {
  readonly file: string
  readonly number: string
  readonly title: string
  readonly date: string
  readonly status: string
  /** Titles of its second-level sections. */
  readonly sections: readonly string[]
}

export function readAdr(file: string, text: string): Adr {
  const found = (pattern: RegExp) => text.match(pattern)?.[1] ?? ''
  return {
    file,
    number: found(/^# (\d+)\. /),
    title: found(/^# \d+\. (.+)$/m),
    date: found(/^Date: (\d{4}-\d\d-\d\d)$/m),
    status: found(/^Status: (.+)$/m),
    sections: [...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title ?? ''),
  }
}

/** `docs/adr/README.md`. */
export function adrIndex(adrs: readonly Adr[]): string {
  return [
    notice,
    '',
    '# Architecture Decision Records',
    '',
    'What was decided, why, and how we would notice that it was wrong. A decision is not edited when it is overtaken: a new record says so and the old one names it in its status.',
    '',
    '| Number | Decision | Date | Status |',
    '|---|---|---|---|',
    ...adrs.map(({ file, number, title, date, status }) => `| ${number} | [${title}](${file}) | ${date} | ${status} |`),
    '',
  ].join('\n')
}
