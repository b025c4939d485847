import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fromFileFault, syncFolder, writeWholeFile } from '@portreeve/endpoints'
import type { BatchFile } from './file-of-batch.ts'
import { isThere } from './is-there.ts'
import { type Note, type Place, placesIn, readNote } from './note.ts'

/** What became of a file, and its name. */
export interface Written {
  readonly file: string
  readonly state: 'handed over' | 'unknown'
}

/** For so many days a message is known, and its answer understood. */
const keptDays = 400

/**
 * The files that were handed over, also when the electoral system has taken them away. A file is written under a temporary name and
 * flushed; then a note of what is in it; then the file gets its name. So a note without the temporary file means: handed over. A
 * note beside one: a death came between, and nothing was.
 */
export class HandedOver {
  /** Where notes lie, and whatever else is to be remembered of a file. */
  readonly notesFolder: string
  readonly #folder: string
  readonly #now: () => Date
  /** By name of the note. */
  readonly #known = new Map<string, ReadonlyMap<string, Place>>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(outFolder: string, now: () => Date) {
    this.#folder = outFolder
    this.notesFolder = join(outFolder, '.handed-over')
    this.#now = now
  }

  /** Places by message id. Rejects with `PRV_ENDPOINTS_…`. */
  places(): Promise<{ get(id: string): Place | undefined }> {
    return this.#inTurn(() => this.#places())
  }

  /**
   * Hands a file over, under the next number. Resolves with `handed over` when it has its name, all of it flushed, and with `unknown`
   * when nobody can tell. Rejects with `PRV_ENDPOINTS_…` when it surely was not.
   */
  write({ nameAs, bytes, messages }: BatchFile): Promise<Written> {
    return this.#inTurn(async () => {
      await this.#places()
      const numbers = [...this.#known.keys()].map((name) => Number(/-(\d{6,})-/.exec(name)?.[1] ?? 0))
      const file = nameAs(numbers.reduce((highest, number) => Math.max(highest, number), 0) + 1)
      return { file, state: await this.#write(file, bytes, { file, messages }) }
    })
  }

  /** A note that is just being written is not to be taken for one that a death left. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }

  async #places() {
    const oldest = new Date(this.#now().getTime() - keptDays * 86_400_000).toISOString().slice(0, 10)
    const names = await namesIn(this.notesFolder)
    const notes = new Set<string>()
    for (const name of names) {
      if ((/\d{4}-\d\d-\d\d/.exec(name)?.[0] ?? oldest) < oldest)
        await rm(join(this.notesFolder, name), { force: true })
      else if (name.endsWith('.note.json')) notes.add(name)
    }
    for (const name of this.#known.keys()) if (!notes.has(name)) this.#known.delete(name)
    for (const name of notes) if (!this.#known.has(name)) await this.#learn(name)
    return { get: (id: string) => [...this.#known.values()].find((places) => places.has(id))?.get(id) }
  }

  async #learn(name: string): Promise<void> {
    const path = join(this.notesFolder, name)
    try {
      const note = readNote(await readFile(path, 'utf8'))
      if (await isThere(this.#temporary(note.file))) await this.#forget(note.file)
      else this.#known.set(name, placesIn(note))
    } catch (fault) {
      throw fromFileFault(fault, path, 'read')
    }
  }

  async #write(file: string, bytes: Uint8Array, note: Note): Promise<Written['state']> {
    const temporary = this.#temporary(file)
    let isNamed = false
    try {
      await mkdir(this.notesFolder, { recursive: true, mode: 0o700 })
      await writeFlushed(temporary, bytes)
      await syncFolder(this.#folder)
      await writeWholeFile(this.notesFolder, noteName(file), JSON.stringify(note))
      isNamed = true
      await rename(temporary, join(this.#folder, file))
      await syncFolder(this.#folder)
      return 'handed over'
    } catch (fault) {
      // Of a drive that went away meanwhile, nobody knows whether it gave the name first.
      if (isNamed && !(await isThere(temporary).catch(() => false))) return 'unknown'
      await this.#forget(file).catch(() => undefined)
      throw fromFileFault(fault, join(this.#folder, file), 'write')
    }
  }

  /** The note first: without the temporary file it would say that the file was handed over. */
  async #forget(file: string): Promise<void> {
    await rm(join(this.notesFolder, noteName(file)), { force: true })
    if (await isThere(this.notesFolder)) await syncFolder(this.notesFolder)
    await rm(this.#temporary(file), { force: true })
  }

  #temporary(file: string): string {
    return join(this.#folder, `.${file}.part`)
  }
}

function noteName(file: string): string {
  return `${file}.note.json`
}

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  await using handle = await open(path, 'w', 0o640)
  await handle.writeFile(bytes)
  await handle.sync()
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw fromFileFault(fault, folder, 'look into')
  }
}
