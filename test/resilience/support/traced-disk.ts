import { existsSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import type { SeededRandom } from '../../support/seeded-random.ts'
import { compareWith } from './compare-with.ts'
import { descriptorOf, descriptorsOf, lastNumber, type SystemCall, type TraceStep } from './system-call.ts'
import { type Change, TracedFile } from './traced-file.ts'
import { TracedFolder, type TracedNode } from './traced-folder.ts'
import { writeAfterCut } from './write-after-cut.ts'

interface OpenFile {
  readonly node: TracedNode
  readonly flags: string
  offset: number
}

/**
 * A disk that a traced program writes to, as unkind as POSIX allows: what is not flushed may be lost, kept or torn, each
 * write by itself; a name is lasting only once its folder has been flushed. Fails on a call that it does not know.
 */
export class TracedDisk {
  readonly #path: string
  readonly #root = new TracedFolder()
  readonly #open = new Map<number, OpenFile>()
  readonly #underWay = new Set<SystemCall>()
  readonly #changes = new Map<SystemCall, Change>()
  readonly #flushes = new Map<SystemCall, () => void>()
  #cutShort: string | undefined

  /** @param path an empty folder when the trace begins; what the program does elsewhere is left aside */
  constructor(path: string) {
    this.#path = path
  }

  /**
   * The program's open files go with it; what it wrote stays as unsure as it was.
   *
   * @param left a copy of the folder as the program left it. Throws when the model holds anything else.
   */
  programEnded(left: string): void {
    for (const call of this.#underWay) if (this.#wasDone(call, left)) this.#ends(call, Number.NaN)
    this.#underWay.clear()
    this.#open.clear()
    this.#cutShort = undefined
    compareWith(left, this.#root)
  }

  step({ what, call }: TraceStep): void {
    // libuv has a ring for epoll in any case; the one for files is polled by the kernel, and nothing of it would be seen.
    if (call.args.includes('IORING_SETUP_SQPOLL')) throw unknown(call)
    const isOurs = descriptorsOf(call).some((fd) => this.#open.has(fd)) || call.texts.some((text) => this.#holds(text))
    if (!isOurs) return
    if (what === 'begins') this.#underWay.add(call)
    else if (call.result !== undefined) this.#underWay.delete(call)
    if (what === 'begins') this.#begins(call)
    else if (call.result !== undefined && call.result >= 0) this.#ends(call, call.result)
    else if (call.result !== undefined && this.#changes.has(call))
      throw new TypeError(`failed: ${call.name}(${call.args}`)
  }

  /** Writes to an empty folder what a power cut at this moment leaves. */
  cut(random: SeededRandom, into: string): void {
    writeAfterCut(this.#root, random, into)
  }

  #begins(call: SystemCall): void {
    if (this.#cutShort !== undefined) throw new TypeError(`not all was written: ${this.#cutShort}`)
    const file = this.#open.get(descriptorOf(call))
    switch (call.name) {
      case 'close':
        this.#open.delete(descriptorOf(call))
        break
      case 'write':
      case 'writev':
      case 'pwrite64':
      case 'pwritev':
      case 'ftruncate':
        this.#change(call, file)
        break
      case 'fsync':
      case 'fdatasync':
        if (file !== undefined) this.#flushes.set(call, file.node.flush())
    }
  }

  #change(call: SystemCall, file: OpenFile | undefined): void {
    if (!(file?.node instanceof TracedFile)) throw unknown(call)
    const change = { ...this.#changeOf(call, file, file.node), isDone: false }
    this.#changes.set(call, change)
    file.node.change(change)
  }

  #changeOf(call: SystemCall, file: OpenFile, { sizeBytes }: TracedFile): Omit<Change, 'isDone'> {
    if (call.name === 'ftruncate') return { truncate: lastNumber(call) }
    const bytes = Buffer.concat(call.texts)
    if (call.name.startsWith('p')) return { write: { offset: lastNumber(call), bytes } }
    // Where a file is read as well, reading moves the place too, and reading is not traced.
    if (file.flags.includes('O_RDWR')) throw unknown(call)
    const offset = file.flags.includes('O_APPEND') ? sizeBytes : file.offset
    file.offset = offset + bytes.length
    return { write: { offset, bytes } }
  }

  #ends(call: SystemCall, result: number): void {
    const [first = '', second = ''] = call.texts.map(String)
    switch (call.name) {
      case 'open':
      case 'openat':
        this.#open.set(result, { node: this.#opened(call, first), flags: call.args, offset: 0 })
        break
      case 'write':
      case 'writev':
      case 'pwrite64':
      case 'pwritev':
      case 'ftruncate':
        this.#changed(call, result)
        break
      case 'fsync':
      case 'fdatasync':
        this.#flushes.get(call)?.()
        break
      case 'mkdir':
        this.#folderOf(first).change({ add: { name: basename(first), node: new TracedFolder() } })
        break
      case 'unlink':
      case 'rmdir':
      case 'unlinkat':
        this.#folderOf(first).change({ remove: basename(first) })
        break
      case 'rename':
        this.#rename(first, second)
        break
      case 'mmap':
        if (call.args.includes('MAP_SHARED') && call.args.includes('PROT_WRITE')) throw unknown(call)
        break
      case 'close':
        break
      default:
        throw unknown(call)
    }
  }

  #opened(call: SystemCall, path: string): TracedNode {
    if (/O_SYNC|O_DSYNC|O_DIRECT\b|O_TMPFILE/.test(call.args)) throw unknown(call)
    const known = this.#find(path)
    const node = known ?? new TracedFile()
    if (known === undefined) this.#folderOf(path).change({ add: { name: basename(path), node } })
    else if (node instanceof TracedFile && call.args.includes('O_TRUNC')) node.change({ truncate: 0, isDone: true })
    return node
  }

  /** A change of names that the program did not live to see the end of. */
  #wasDone({ name, texts: [path] }: SystemCall, left: string): boolean {
    if (path === undefined || !/open|mkdir|rename|unlink|rmdir/.test(name)) return false
    const isThere = existsSync(join(left, relative(this.#path, path.toString())))
    const wasThere = this.#find(path.toString()) !== undefined
    return /open|mkdir/.test(name) ? isThere && !wasThere : wasThere && !isThere
  }

  #changed(call: SystemCall, result: number): void {
    const change = this.#changes.get(call)
    if (change === undefined) throw unknown(call)
    const bytes = change.write?.bytes.length ?? result
    if (bytes === result) change.isDone = true
    // The kernel ends a write before its end for a program that it kills. One that lives on has a fault that is not modelled.
    else this.#cutShort = `${call.name}(${call.args}) = ${result}`
  }

  #rename(from: string, to: string): void {
    const node = this.#find(from)
    const [old, folder] = [this.#folderOf(from), this.#folderOf(to)]
    if (node === undefined) throw new TypeError(`the model lost ${from}`)
    const add = { add: { name: basename(to), node } }
    if (old === folder) {
      folder.change({ remove: basename(from), ...add })
    } else {
      folder.change(add)
      old.change({ remove: basename(from), needs: { folder, change: add } })
    }
  }

  #find(path: string): TracedNode | undefined {
    if (path === this.#path) return this.#root
    return this.#folderOf(path).names.get(basename(path))
  }

  #folderOf(path: string): TracedFolder {
    let folder: TracedNode | undefined = this.#root
    for (const name of relative(this.#path, dirname(path)).split('/')) {
      if (name !== '') folder = folder instanceof TracedFolder ? folder.names.get(name) : undefined
    }
    if (!(folder instanceof TracedFolder)) throw new TypeError(`the model lost the folder of ${path}`)
    return folder
  }

  #holds(text: Buffer): boolean {
    const path = text.toString()
    return path === this.#path || path.startsWith(`${this.#path}/`)
  }
}

function unknown({ name, args, texts }: SystemCall): TypeError {
  return new TypeError(
    `the model knows no ${name}(${args.slice(0, 300)} of ${texts.map((text) => text.subarray(0, 100))}`,
  )
}
