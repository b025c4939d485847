import type { CanonicalType } from './canonical-type.ts'

export interface NewAdapter {
  /** kebab-case. */
  readonly name: string
  /** One sentence. */
  readonly summary: string
  readonly accepts: CanonicalType
}

/** What the template's own files say in these places. */
const placeholder = {
  summary: 'Hands each message over to a system as a record.',
  accepts: {
    type: 'customer.address-update.requested',
    typeName: 'AddressUpdateRequested',
    valueName: 'addressUpdateRequested',
  },
} as const

const longestLine = 120

/** A file of the template as the new adapter has it. Pure. */
export function templateText(text: string, { name, summary, accepts }: NewAdapter): string {
  const written: readonly (readonly [from: string, to: string])[] = [
    [`"${placeholder.summary}"`, JSON.stringify(summary)],
    [`  summary: '${placeholder.summary}',`, summaryLine(summary)],
    ['adapter-template', `adapter-${name}`],
    ['adapters/template', `adapters/${name}`],
    ["'template'", `'${name}'`],
    ['SYSTEM_API_KEY', `${name.replaceAll('-', '_').toUpperCase()}_API_KEY`],
    [placeholder.accepts.type, accepts.type],
    [placeholder.accepts.typeName, accepts.typeName],
    [placeholder.accepts.valueName, accepts.valueName],
  ]
  return written.reduce((done, [from, to]) => done.replaceAll(from, () => to), text)
}

/** As the formatter of the house writes it. */
function summaryLine(summary: string): string {
  const line = `  summary: ${literal(summary)},`
  return line.length <= longestLine ? line : `  summary:\n    ${literal(summary)},`
}

/** In single quotes, unless double ones need fewer backslashes. */
function literal(text: string): string {
  const count = (mark: string) => text.split(mark).length
  if (count("'") > count('"')) return JSON.stringify(text)
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
