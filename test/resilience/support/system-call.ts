import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** A system call of a traced run. It begins at one place of the trace and ends at a later one. */
export interface SystemCall {
  readonly name: string
  /** What stands between the brackets; each text in quotation marks is left as `""`. */
  args: string
  /** The texts, paths and data alike, in order. */
  readonly texts: readonly Buffer[]
  /** `undefined`: the process ended within the call. */
  result: number | undefined
}

export interface TraceStep {
  readonly what: 'begins' | 'ends'
  readonly call: SystemCall
}

/**
 * What a power cut is made of: everything that changes files or folders, or makes such changes lasting. Calls that the
 * model does not know are traced too, so that it fails when one of them touches the folder.
 */
export const tracedCalls: readonly string[] = [
  ...['open', 'openat', 'openat2', 'creat', 'close', 'dup', 'dup2', 'dup3', 'mmap', 'lseek'],
  ...['write', 'writev', 'pwrite64', 'pwritev', 'pwritev2', 'copy_file_range', 'sendfile', 'splice'],
  ...['truncate', 'ftruncate', 'fallocate', 'fsync', 'fdatasync', 'sync_file_range', 'msync'],
  ...['rename', 'renameat', 'renameat2', 'link', 'linkat', 'symlink', 'symlinkat', 'unlink', 'unlinkat'],
  ...['mkdir', 'mkdirat', 'rmdir', 'io_uring_setup'],
]

/** The steps of a trace made with `strace -f -y -xx`, in the order in which they happened. */
export async function* readTrace(file: string): AsyncGenerator<TraceStep> {
  const unfinished = new Map<string, SystemCall>()
  for await (const line of createInterface({ input: createReadStream(file, 'latin1'), crlfDelay: Infinity })) {
    const [, thread = '', text = ''] = /^(\d+) +(.*)$/.exec(line) ?? []
    const resumed = /^<\.\.\. \w+ resumed>/.exec(text)?.[0]
    if (resumed !== undefined) {
      const call = unfinished.get(thread)
      if (call === undefined) throw new TypeError(`the trace ends a call that never began: ${text.slice(0, 200)}`)
      Object.assign(call, splitResult(call.args + text.slice(resumed.length)))
      unfinished.delete(thread)
      yield { what: 'ends', call }
      continue
    }
    const name = /^\w+(?=\()/.exec(text)?.[0]
    // A signal, or the end of a thread.
    if (name === undefined) continue
    const texts: Buffer[] = []
    const args = text.slice(name.length + 1).replace(/"([^"]*)"(\.\.\.)?/g, (_, hex: string, cut?: string) => {
      if (cut !== undefined) throw new TypeError(`the trace has only the beginning of what ${name} was given`)
      texts.push(Buffer.from(hex.replaceAll('\\x', ''), 'hex'))
      return '""'
    })
    const call: SystemCall = { name, args, texts, result: undefined }
    yield { what: 'begins', call }
    const isUnfinished = /<unfinished \.\.\.>\)?/.exec(args)
    if (isUnfinished === null) {
      Object.assign(call, splitResult(args))
      yield { what: 'ends', call }
    } else {
      call.args = args.slice(0, isUnfinished.index)
      unfinished.set(thread, call)
    }
  }
}

/** `27<…>, 0) = 0`, `…) = 27</path>`, `…) = -1 ENOENT (…)`, `…) = 0x7f…`, `…) = ?`. */
function splitResult(text: string): Pick<SystemCall, 'args' | 'result'> {
  const [, args = '', result = ''] = /^(.*?)\)\s+= (\?|-?\w+)/.exec(text) ?? []
  if (result === '') throw new TypeError(`the trace has a call without a result: ${text.slice(-200)}`)
  return { args, result: result === '?' ? undefined : Number(result) }
}

/** `27<path>, …`: the file descriptor that the call is about; `NaN` when it begins with something else. */
export function descriptorOf({ args }: SystemCall): number {
  return Number(/^\d+(?=<)/.exec(args)?.[0] ?? Number.NaN)
}

/** Every file descriptor among the arguments. */
export function descriptorsOf({ args }: SystemCall): number[] {
  return [...args.matchAll(/(?<=^|, )\d+(?=<)/g)].map(([fd]) => Number(fd))
}

/** The last argument, a number: the length of `ftruncate`, the offset of `pwrite64`. */
export function lastNumber({ args }: SystemCall): number {
  return Number(/(?:^|, )(\d+)\s*$/.exec(args)?.[1] ?? Number.NaN)
}
