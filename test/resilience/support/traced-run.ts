import { spawnSync } from 'node:child_process'
import { cp, lstat, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type ChildEnd, ReportingChild } from '../../support/child-process.ts'
import { tracedCalls } from './system-call.ts'

export const hasStrace = spawnSync('strace', ['-V'], { stdio: 'ignore' }).status === 0

export interface TracedRun {
  readonly end: ChildEnd
  /** File with its system calls. */
  readonly trace: string
  /** Copy of the folder that it worked in, as it left it. */
  readonly left: string
}

/**
 * Runs a TypeScript program under `strace`; its reports on file descriptor 3 stand in the trace, among the flushes.
 *
 * @param folder that it works in
 * @param into folder for what is kept of the run, made here
 */
export async function runTraced(program: string, options: object, folder: string, into: string): Promise<TracedRun> {
  await mkdir(into)
  const [trace, left] = [join(into, 'trace'), join(into, 'left')]
  const strace = ['strace', '-f', '--seccomp-bpf', '-y', '-xx', '-s', '1048576', '-e', `trace=${tracedCalls}`] as const
  const child = new ReportingChild({
    command: [...strace, '-o', trace, process.execPath, program, JSON.stringify(options)],
    // The model sees what goes through system calls of the program, not what the kernel does for it in the background.
    env: { UV_USE_IO_URING: '0' },
    onLine: () => undefined,
  })
  const end = await child.ended()
  // A socket has no content, and none can be copied.
  await cp(folder, left, { recursive: true, filter: async (path) => !(await lstat(path)).isSocket() })
  return { end, trace, left }
}
