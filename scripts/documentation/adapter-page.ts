import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import { catalogue } from '@portreeve/errors'
import { stringify } from 'yaml'
import { notice } from './notice.ts'

interface ConfigField {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly ConfigField[]
  readonly const?: unknown
  readonly items?: ConfigField
  readonly description?: string
  readonly default?: unknown
  readonly secret?: boolean
  readonly properties?: Readonly<Record<string, ConfigField>>
  readonly required?: readonly string[]
}

const capabilities: Readonly<Record<keyof AdapterDeclaration['capabilities'], string>> = {
  poll: 'brings what is new in the system',
  receive: 'reads a document of the system into canonical messages',
  send: 'delivers canonical messages to the system',
  idempotentSend: 'the same batch sent twice takes effect once',
  lookup: 'can be asked what became of a batch',
  keepsOrder: 'of a batch, nothing is taken when something before it was not',
  request: 'answers questions of quality control',
}

/** `docs/adapters/<name>.md`: all that the declaration says. */
export function adapterPage(declaration: AdapterDeclaration): string {
  const { name, summary, status, sources, config, emits, accepts, errors, examples } = declaration
  return `${[
    notice,
    `# ${name}`,
    `${summary} Status: ${status}.`,
    ...listed(
      'Follows',
      sources.map(({ title, where }) => `${title}: ${where}`),
    ),
    '## Capabilities',
    table(
      ['Capability', 'What it means', 'Has it'],
      Object.entries(capabilities).map(([key, text]) => [
        `\`${key}\``,
        text,
        Object.entries(declaration.capabilities).some(([has, yes]) => has === key && yes) ? 'yes' : 'no',
      ]),
    ),
    ...listed(
      'Emits',
      emits.map((type) => `\`${type}\``),
    ),
    ...listed(
      'Accepts',
      accepts.map((type) => `\`${type}\` as ${declaration.acceptsContentType ?? 'application/json'}`),
    ),
    '## Configuration',
    table(['Field', 'Type', 'Default', 'What it is'], fields(config)),
    ...examples.flatMap((example) => [`### ${example.title}`, fence(name, example.config)]),
    ...samplesOf(declaration),
    ...rulesOf(declaration),
    ...differencesOf(declaration),
    '## Errors',
    errors.length === 0
      ? 'None beyond those of the transports.'
      : errors.map((code) => `- [${code}](../errors.md#${code.toLowerCase()}): ${catalogue[code].remedy}`).join('\n'),
  ].join('\n\n')}\n`
}

function samplesOf({ samples = [] }: AdapterDeclaration): string[] {
  if (samples.length === 0) return []
  const shown = samples.flatMap(({ title, about, language, text }) => [
    `### ${title}`,
    about,
    `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``,
  ])
  return ['## What passes between the two', ...shown]
}

function rulesOf({ rules = [] }: AdapterDeclaration): string[] {
  if (rules.length === 0) return []
  return [
    '## Rules and corrections',
    table(
      ['Step', 'Rule', 'Source'],
      rules.map(({ step, name, source }) => [step, `\`${name}\``, source]),
    ),
  ]
}

function differencesOf({ differences = [] }: AdapterDeclaration): string[] {
  if (differences.length === 0) return []
  const rows = differences.map(({ what, service, adapter, why }) => [what, service, adapter, why])
  return ['## Where it differs', table(['What', "The system's own service", 'This adapter', 'Why'], rows)]
}

function fields(config: ConfigField, prefix = ''): string[][] {
  const required = new Set(config.required)
  return Object.entries(config.properties ?? {}).flatMap(([name, field]) => [
    [
      `\`${prefix}${name}\``,
      typeOf(field),
      field.default === undefined ? (required.has(name) ? 'required' : '') : `\`${JSON.stringify(field.default)}\``,
      `${field.description ?? ''}${field.secret ? ' Secret: never shown.' : ''}`.trim(),
    ],
    ...fields(field, `${prefix}${name}.`),
  ])
}

function typeOf(field: ConfigField): string {
  if (field.const !== undefined) return `\`${field.const}\``
  if (field.enum) return field.enum.map((value) => `\`${value}\``).join(' or ')
  if (field.anyOf) return field.anyOf.map(typeOf).join(' or ')
  if (field.items) return `list of ${typeOf(field.items)}`
  return field.type ?? 'any'
}

function fence(adapter: string, config: unknown): string {
  const body = typeof config === 'object' ? { adapter, ...config } : { adapter }
  return `\`\`\`yaml\nadapters:\n${stringify({ mine: body }).trimEnd().replace(/^/gm, '  ')}\n\`\`\``
}

function listed(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, lines.map((line) => `- ${line}`).join('\n')]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')
}
