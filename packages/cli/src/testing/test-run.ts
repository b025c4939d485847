import { tmpdir } from 'node:os'
import type { ExitCode } from '../exit-codes.ts'
import { runCli } from '../run-cli.ts'
import type { Terminal } from '../terminal.ts'

export interface TestRun {
  readonly code: ExitCode
  readonly out: string
  readonly err: string
}

/** Runs one command line in this process, with a terminal that keeps what is written. */
export async function run(
  words: readonly string[],
  surroundings: Partial<
    Pick<Terminal, 'environment' | 'workingFolder' | 'live' | 'colour' | 'columns' | 'piped' | 'now'>
  > = {},
): Promise<TestRun> {
  const out: string[] = []
  const err: string[] = []
  const code = await runCli(words, {
    out: async (text) => void out.push(text),
    err: (text) => void err.push(text),
    colour: false,
    live: false,
    columns: 100,
    environment: {},
    workingFolder: tmpdir(),
    now: () => new Date(),
    ...surroundings,
  })
  return { code, out: out.join(''), err: err.join('') }
}

/** The error that a run with `--json` ended with. */
export function errorOf({ err }: TestRun): { code: string; message: string; remedy: string } {
  return JSON.parse(err).error
}
