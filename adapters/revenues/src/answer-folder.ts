import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fromFileFault, writeWholeFile } from '@portreeve/endpoints'
import { isAnswer, mergeAnswer } from './answer.ts'
import { answerName } from './answer-name.ts'
import { answerText } from './answer-text.ts'
import type { Answer } from './vendor-types.ts'

/** One `.txt` for people and one `.json` for programs per file, brought up to date as news come. */
export class AnswerFolder {
  readonly #folder: string
  #last: Promise<unknown> = Promise.resolve()

  constructor(folder: string) {
    this.#folder = folder
  }

  /**
   * Telling the same again changes nothing. One after the other. Rejects with `PRV_ENDPOINTS_DISK_FULL`,
   * `PRV_ENDPOINTS_FILE_…`: then the news are to be told again.
   */
  write(file: Pick<Answer, 'fileName' | 'digest'>, news: Partial<Answer>): Promise<void> {
    const written = this.#last.then(() => this.#write(file, news))
    this.#last = written.catch(() => undefined)
    return written
  }

  async #write(file: Pick<Answer, 'fileName' | 'digest'>, news: Partial<Answer>): Promise<void> {
    const name = `${answerName(file)}${news.status === 'duplicate' ? '.duplicate' : ''}`
    const known = await this.#read(`${name}.json`)
    const answer = mergeAnswer(known === null ? null : answerIn(known, file.digest), news, file)
    const json = `${JSON.stringify(answer, null, 2)}\n`
    // The text first: the answer is known to be whole once the other file says so.
    if (json === known) return
    await writeWholeFile(this.#folder, `${name}.txt`, answerText(answer))
    await writeWholeFile(this.#folder, `${name}.json`, json)
  }

  async #read(name: string): Promise<string | null> {
    const path = join(this.#folder, name)
    try {
      return await readFile(path, 'utf8')
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw fromFileFault(fault, path, 'read')
    }
  }
}

/** `null` when a person has changed it beyond recognition, or it is of another file: it is written anew. */
function answerIn(json: string, digest: string): Answer | null {
  try {
    const value: unknown = JSON.parse(json)
    return isAnswer(value, digest) ? value : null
  } catch {
    return null
  }
}

export function duplicateAnswer(reference: string): Partial<Answer> {
  return { status: 'duplicate', reference }
}
