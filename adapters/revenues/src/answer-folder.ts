import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWholeFile } from '@portreeve/endpoints'
import { type Answer, mergeAnswer } from './answer.ts'
import { answerName } from './answer-name.ts'
import { answerText } from './answer-text.ts'

/** One `.txt` for people and one `.json` for programs per file, brought up to date as news come. */
export class AnswerFolder {
  readonly #folder: string
  #last: Promise<unknown> = Promise.resolve()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Telling the same again changes nothing. One after the other. */
  write(file: Pick<Answer, 'fileName' | 'digest'>, news: Partial<Answer>): Promise<void> {
    const written = this.#last.then(() => this.#write(file, news))
    this.#last = written.catch(() => undefined)
    return written
  }

  async #write(file: Pick<Answer, 'fileName' | 'digest'>, news: Partial<Answer>): Promise<void> {
    const name = `${answerName(file)}${news.status === 'duplicate' ? '.duplicate' : ''}`
    const answer = mergeAnswer(await this.#known(`${name}.json`), news, file)
    await writeWholeFile(this.#folder, `${name}.json`, `${JSON.stringify(answer, null, 2)}\n`)
    await writeWholeFile(this.#folder, `${name}.txt`, answerText(answer))
  }

  async #known(name: string): Promise<Answer | null> {
    try {
      return JSON.parse(await readFile(join(this.#folder, name), 'utf8'))
    } catch {
      // None yet, or a person changed it beyond recognition: it is written anew.
      return null
    }
  }
}

export function duplicateAnswer(reference: string): Partial<Answer> {
  return { status: 'duplicate', reference }
}
