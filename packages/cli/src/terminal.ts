/** Where a command reads its surroundings and writes its answers; tests hand in one of their own. */
export interface Terminal {
  /** Writes to standard output; resolves when there is room for more. */
  readonly out: (text: string) => Promise<void>
  /** Writes to standard error. */
  readonly err: (text: string) => void
  /** Colour on standard output. */
  readonly colour: boolean
  /** True when a line on standard error may be drawn over: a progress bar. */
  readonly live: boolean
  /** True when standard output goes to a program or a file. Default: a person looks at it. */
  readonly piped?: boolean
  /** Width of standard error in characters; 0 where it is not known. */
  readonly columns: number
  readonly environment: NodeJS.ProcessEnv
  readonly workingFolder: string
  readonly now: () => Date
}

/** The terminal of this process. Colour only where a person looks, and never against NO_COLOR (https://no-color.org). */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process
  // A reader that closes the pipe early, such as head, is no fault.
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 4))
  return {
    out: (text) =>
      new Promise((resolve) => {
        if (stdout.write(text)) resolve()
        else stdout.once('drain', resolve)
      }),
    err: (text) => void stderr.write(text),
    colour: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
    live: stderr.isTTY === true && env.TERM !== 'dumb',
    piped: stdout.isTTY !== true,
    columns: stderr.columns || 80,
    environment: env,
    workingFolder: folderOf(env),
    now: () => new Date(),
  }
}

/** `npm run` changes to the folder of package.json; what is typed is meant from where it is typed. */
function folderOf({ npm_lifecycle_event: script, INIT_CWD: typedIn }: NodeJS.ProcessEnv): string {
  return script === 'portreeve' && typedIn ? typedIn : process.cwd()
}
