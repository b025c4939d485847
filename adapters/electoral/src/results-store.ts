import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { fromFileFault, writeWholeFile } from '@portreeve/endpoints'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { type PersonResult, personResultSchema } from './person-result.ts'

/**
 * Of one person, and when the last return file that said so was written, in milliseconds since 1970. `saidBy`: the return file that was
 * the first to say it; absent in what an earlier version wrote, as long as no file has said anything else.
 */
const known = Type.Object({ toldMs: Type.Number(), result: personResultSchema, saidBy: Type.Optional(Type.String()) })
const schema = Type.Record(Type.String(), Type.Record(Type.String(), known))
const compiled = Compile(schema)

type Results = Static<typeof schema>

/** A return file: the same bytes of the same time are the same file. */
export interface ReturnFile {
  readonly digest: string
  readonly modifiedMs: number
}

/** What is known of a person. */
export type KnownResult = Pick<Static<typeof known>, 'result' | 'saidBy'>

/** What return files have said so far, a file of results beside each note: a household's results may come on different days. */
export class ResultsStore {
  readonly #notesFolder: string

  constructor(notesFolder: string) {
    this.#notesFolder = notesFolder
  }

  /**
   * Puts what a return file says of the requests of one handed-over file to what was known, durably, and resolves with all results of
   * those requests. An older return file, read again, changes nothing that a newer one said. Rejects with `PRV_ENDPOINTS_…`.
   */
  async add(
    file: string,
    { digest, modifiedMs: toldMs }: ReturnFile,
    news: ReadonlyMap<string, ReadonlyMap<number, PersonResult>>,
  ): Promise<ReadonlyMap<string, ReadonlyMap<number, KnownResult>>> {
    const name = `${file}.results.json`
    const before = await this.#read(name)
    const all = new Map(Object.entries(before).map(([id, persons]) => [id, new Map(Object.entries(persons))]))
    for (const [id, results] of news) {
      const persons = all.get(id) ?? new Map<string, Static<typeof known>>()
      for (const [number, result] of results) {
        const old = persons.get(String(number))
        if (old !== undefined && old.toldMs > toldMs) continue
        const isRepeat = old !== undefined && isDeepStrictEqual(old.result, result)
        persons.set(String(number), isRepeat ? { ...old, toldMs } : { toldMs, result, saidBy: `${toldMs}/${digest}` })
      }
      all.set(id, persons)
    }
    const after = Object.fromEntries([...all].map(([id, persons]) => [id, Object.fromEntries(persons)]))
    if (JSON.stringify(after) !== JSON.stringify(before)) {
      await writeWholeFile(this.#notesFolder, name, JSON.stringify(after))
    }
    return new Map([...news.keys()].map((id) => [id, resultsIn(all.get(id))]))
  }

  async #read(name: string): Promise<Results> {
    const path = join(this.#notesFolder, name)
    try {
      const value: unknown = JSON.parse(await readFile(path, 'utf8'))
      if (compiled.Check(value)) return value
      throw Object.assign(new Error('these are no results'), { code: 'no results' })
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return {}
      throw fromFileFault(fault, path, 'read')
    }
  }
}

function resultsIn(persons: ReadonlyMap<string, Static<typeof known>> | undefined): ReadonlyMap<number, KnownResult> {
  return new Map([...(persons ?? [])].map(([number, one]) => [Number(number), one]))
}
