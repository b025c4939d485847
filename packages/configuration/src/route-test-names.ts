import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import type { Configuration } from './configuration.ts'
import { type LintProblem, lintError } from './lint-problem.ts'
import { declarationOf } from './published-types.ts'
import type { RouteCase } from './route-test-schema.ts'
import type { YamlPath, YamlSource } from './yaml-source.ts'

export interface TestSurroundings {
  readonly configuration: Pick<Configuration, 'routes' | 'adapters' | 'processes' | 'quality'>
  readonly declarations: readonly AdapterDeclaration[]
}

/** What a case names and the configuration does not have: nothing would ever come of it. */
export function unknownNames(
  { given, answers, registers, expect }: RouteCase,
  { configuration, declarations }: TestSurroundings,
  source: YamlSource,
  path: YamlPath,
): readonly LintProblem[] {
  const { routes, adapters, processes, quality } = configuration
  const labels = adapters.map(({ label }) => label)
  const receivers = routes.flatMap((route) =>
    route.kind === 'split' ? [] : route.branches.flatMap(({ to }) => to.map((label) => `${route.name}.${label}`)),
  )
  const systems = processes.flatMap((process) => process.systems.map(({ label }) => label))
  const speaking = systems.filter((label) => speaks(label))
  const asked = quality.flatMap(({ ask }) => Object.values(ask))
  const rules = quality.flatMap((one) => one.rules.map(({ name }) => name))

  function speaks(label: string): boolean {
    const declaration = declarationOf(label, { adapters, declarations })
    return processes.some(({ answers: type }) => declaration?.capabilities.poll && declaration.emits.includes(type))
  }

  function unknown(kind: Named, name: string, known: readonly string[], at: YamlPath, which: 'key' | 'value') {
    if (known.includes(name)) return []
    return [
      lintError('unknown-label', source.placeOf([...path, ...at], which), {
        sentence: sentences[kind](name),
        remedy: `Use one of: ${[...new Set(known)].join(', ') || 'none that there is'}.`,
      }),
    ]
  }

  function keys(kind: Named, value: object | undefined, known: readonly string[], at: YamlPath) {
    return Object.keys(value ?? {}).flatMap((name) => unknown(kind, name, known, [...at, name], 'key'))
  }

  return [
    ...given.flatMap(({ inbox, says, decides = [] }, index) => [
      ...(inbox === undefined ? [] : unknown('adapter', inbox, labels, ['given', index, 'inbox'], 'value')),
      ...keys('speaker', says, speaking, ['given', index, 'says']),
      ...decides.flatMap(({ resolve }, number) =>
        resolve
          ? unknown(
              'system',
              resolve.system,
              systems,
              ['given', index, 'decides', number, 'resolve', 'system'],
              'value',
            )
          : [],
      ),
    ]),
    ...keys('adapter', answers, labels, ['answers']),
    ...keys('register', registers, asked, ['registers']),
    ...keys('adapter', expect.sent, labels, ['expect', 'sent']),
    ...keys('receiver', expect.states, receivers, ['expect', 'states']),
    ...(expect.transactions ?? []).flatMap(({ systems: named, held = [] }, index) => [
      ...keys('system', named, systems, ['expect', 'transactions', index, 'systems']),
      ...held.flatMap((rule, at) =>
        unknown('rule', rule, rules, ['expect', 'transactions', index, 'held', at], 'value'),
      ),
    ]),
  ]
}

type Named = 'adapter' | 'receiver' | 'speaker' | 'system' | 'register' | 'rule'

const sentences: Readonly<Record<Named, (name: string) => string>> = {
  adapter: (name) => `The configuration has no adapter labelled "${name}".`,
  receiver: (name) => `The configuration has no receiver "${name}".`,
  speaker: (name) => `"${name}" is no system of a process whose adapter brings answers.`,
  system: (name) => `No process has a system "${name}".`,
  register: (name) => `No quality rules ask an adapter labelled "${name}".`,
  rule: (name) => `There is no quality rule "${name}".`,
}
