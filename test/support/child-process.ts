import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Readable } from 'node:stream'

export interface ChildOptions {
  /** What is run: the program, then its arguments. Default program: this Node. */
  readonly command: readonly [string, ...string[]]
  readonly env?: Readonly<Record<string, string>>
  /** Told of every line that the child writes on file descriptor 3, in order, those of a killed child too. */
  readonly onLine: (line: string) => void
}

/** A child process that reports in lines on file descriptor 3. */
export class ReportingChild {
  readonly #child: ChildProcess
  readonly #ended: Promise<ChildEnd>

  constructor({ command: [program, ...args], env, onLine }: ChildOptions) {
    this.#child = spawn(program, args, {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '--disable-warning=ExperimentalWarning', ...env },
    })
    this.#ended = this.#run(onLine)
  }

  /** No signal handler, no `finally`, no flush: the process is gone. */
  killNow(): void {
    this.#child.kill('SIGKILL')
  }

  /** SIGTERM asks it to end, SIGSTOP freezes it, SIGCONT lets it go on. */
  send(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** When the process is gone and all that it wrote has been read. */
  ended(): Promise<ChildEnd> {
    return this.#ended
  }

  async #run(onLine: (line: string) => void): Promise<ChildEnd> {
    const [, , errors, reports] = this.#child.stdio
    if (!(errors instanceof Readable) || !(reports instanceof Readable)) throw new TypeError('no pipe to the child')
    let stderr = ''
    errors.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-20_000)
    })
    let rest = ''
    reports.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      // A line that the kill cut in two was not reported.
      rest = lines.pop() ?? ''
      for (const line of lines) onLine(line)
    })
    const [code, signal] = await once(this.#child, 'close')
    return { code, signal, stderr }
  }
}

export interface ChildEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stderr: string
}
