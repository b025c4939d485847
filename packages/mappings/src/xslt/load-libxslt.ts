import fs from 'node:fs'
import type { MainModule } from 'libxslt-wasm/output/libxslt.js'

/** libxslt in memory of its own, and what it wrote to its error stream. */
export interface Libxslt {
  readonly module: MainModule
  /** Runs `use` with an empty error stream; answers with what it wrote there, which may hold data. */
  hearing<Result>(use: () => Result): { readonly result: Result; readonly said: string }
  /** True when it asked for more memory than it may have: it goes on as if it had it. */
  readonly exhausted: boolean
  /** True when the stack has grown into what it must not touch: nothing that came since can be trusted. */
  readonly overflowed: boolean
}

const pageBytes = 65_536
const stackBytes = 8 * 1024 * 1024
const guardBytes = 65_536
/** Compiled code takes it for granted. */
const stackAlignment = 16

/**
 * Starts libxslt. For a thread of its own only: it changes what the thread takes for `WebAssembly`, so that
 *
 * - nothing is ever fetched. The library would suspend itself to fetch what a stylesheet names, which needs a switch of
 *   Node's; here the one import that does it refuses at once, and nothing is suspended;
 * - its memory ends where the limit says, not at 2 GB;
 * - its stack is large enough for 3000 templates that call each other, with a guard below it: the 64 KiB that it comes with
 *   have its own data below them.
 */
export async function loadLibxslt({ memoryMegabytes }: { readonly memoryMegabytes: number }): Promise<Libxslt> {
  const instance = confine({ maximum: (memoryMegabytes * 1024 * 1024) / pageBytes }, refuseToFetch)
  let said = ''
  fs.writeSync = (_file: number, text: unknown): number => {
    said += text
    return String(text).length
  }
  const { default: start } = await import('libxslt-wasm/output/libxslt.js')
  const module = await start()
  function refuseToFetch(_url: number, buffer: number, size: number, status: number): void {
    for (const pointer of [buffer, size]) module.setValue(pointer, 0, 'i32')
    module.setValue(status, 403, 'i32')
  }

  const guard = module._calloc(1, guardBytes + stackBytes)
  const untouched = Buffer.alloc(guardBytes)
  const end = guard + guardBytes + stackBytes
  instance.moveStack(end - (end % stackAlignment))
  return {
    module,
    hearing(use) {
      said = ''
      return { result: use(), said }
    },
    get exhausted() {
      return instance.exhausted
    },
    get overflowed() {
      return Buffer.compare(module.HEAPU8.subarray(guard, guard + guardBytes), untouched) !== 0
    },
  }
}

/** The part of it that is used here: the libraries that TypeScript is given know none. */
declare const WebAssembly: {
  Memory: new (descriptor: object) => { grow(pages: number): number }
  instantiate(bytes: Uint8Array, imports: object): Promise<{ readonly instance: { readonly exports: Exports } }>
}
type Exports = Readonly<Record<string, unknown>>
type Refuse = (url: number, buffer: number, size: number, status: number) => void

interface Confined {
  readonly exhausted: boolean
  moveStack(top: number): void
}

/** What the next instance of WebAssembly in this thread can do, and what can be done to it. */
function confine(limit: { readonly maximum: number }, refuse: Refuse): Confined {
  const { Memory, instantiate } = WebAssembly
  let exhausted = false
  let moveStack: Confined['moveStack'] | undefined
  Object.assign(WebAssembly, {
    Memory: function LimitedMemory(descriptor: object) {
      const memory = new Memory({ ...descriptor, ...limit })
      const grow = memory.grow.bind(memory)
      memory.grow = (pages) => {
        exhausted = true
        const before = grow(pages)
        exhausted = false
        return before
      }
      return memory
    },
    // Where JavaScript Promise Integration would be: neither waits for anything here.
    Suspending: function Suspending() {
      return refuse
    },
    promising: (exported: unknown) => exported,
    async instantiate(bytes: Uint8Array, imports: object) {
      const source = await instantiate(bytes, imports)
      const found = source.instance.exports._emscripten_stack_restore
      if (typeof found === 'function') moveStack = (top) => void found(top)
      return source
    },
  })
  return {
    get exhausted() {
      return exhausted
    },
    moveStack(top) {
      if (moveStack === undefined) throw new TypeError('this build of libxslt does not export its stack')
      moveStack(top)
    },
  }
}
