import { type BenchName, benchNames, type Measured, type Result } from './result.ts'
import type { Row } from './row.ts'

const share = /^[^:]+: time in (.+)$/

/**
 * The page with what the result says between its marks:
 *
 * - `<!-- bench: taken -->`: machine, and when each bench ran
 * - `<!-- bench: figures log ledger -->`: a table of these benches
 * - `<!-- bench: shares journey -->`: where the main thread's time goes
 *
 * each up to `<!-- bench end -->`.
 *
 * @param file name of the result's file
 * @throws TypeError for a mark that names no bench, or has no end.
 */
export function speedPage(page: string, file: string, result: Result): string {
  const ends = page.split('<!-- bench end -->').length - 1
  let seen = 0
  const text = page.replaceAll(
    /(<!-- bench: (\w+)(.*) -->\n)[\s\S]*?(<!-- bench end -->)/g,
    (_, mark, kind, names, end) => {
      seen += 1
      return `${mark}\n${textOf(kind, names.trim().split(' ').filter(Boolean), file, result)}\n\n${end}`
    },
  )
  const marks = page.split('<!-- bench: ').length - 1
  if (marks !== seen || ends !== seen) throw new TypeError('a mark of docs/speed.md has no end, or an end no mark')
  return text
}

function textOf(kind: string, names: readonly string[], file: string, result: Result): string {
  const benches = names.map((name) => {
    const known = benchNames.find((bench) => bench === name)
    if (known === undefined) throw new TypeError(`docs/speed.md: no bench ${name}`)
    return known
  })
  if (kind === 'taken') return taken(file, result)
  if (kind === 'figures') return figures(benches, result)
  if (kind === 'shares') return benches.map((bench) => shares(bench, result.benches[bench])).join('\n\n')
  throw new TypeError(`docs/speed.md: no mark ${kind}`)
}

function taken(file: string, { machine, benches }: Result): string {
  const rows = benchNames.flatMap((name) => {
    const { at, load } = benches[name] ?? {}
    if (at === undefined) return []
    return [`| \`${name}\` | ${at.slice(0, 16).replace('T', ' ')} | ${load?.toFixed(1) ?? ''} |`]
  })
  return [
    `${machine.cores} cores (${machine.processor}), Node ${machine.node.slice(1)};`,
    `[the whole result](../test/bench/results/${file}) is the base line for what follows.`,
    '',
    '| Bench | Begun (UTC) | Load of the machine before |',
    '|---|---|---:|',
    ...rows,
  ].join('\n')
}

function figures(names: readonly BenchName[], { benches }: Result): string {
  const rows = names.flatMap((name) => benches[name]?.rows ?? []).filter(({ name }) => !share.test(name))
  return ['| Name | Figure | Unit | Target | |', '|---|---:|---|---|---|', ...rows.map(rowText)].join('\n')
}

function rowText({ name, value, unit, atLeast, note = '' }: Row): string {
  const target = atLeast === undefined ? '' : `at least ${number(atLeast)}`
  return ['', name, number(value), unit, target, note, ''].join(' | ').trim().replaceAll('|  ', '| ')
}

function shares(bench: BenchName, measured: Measured | undefined): string {
  const parts = (measured?.rows ?? []).flatMap(({ name, value }) => {
    const where = share.exec(name)?.[1]
    return where === undefined ? [] : [`${where} ${value} %`]
  })
  return `Of the main thread's time in \`${bench}\`, while it is not idle: ${parts.join(', ')}.`
}

function number(value: number): string {
  return value.toLocaleString('en-GB')
}
