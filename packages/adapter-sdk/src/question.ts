import type { Candidate } from '@portreeve/model'

/** What can be asked, by kind. */
interface Asked {
  readonly address: { readonly uprn: string }
  readonly persons: {
    readonly personFamilyName: string
    readonly personGivenName: string
    readonly personBirthDate?: string
    /** The council's own reference of the person. */
    readonly customer?: string
  }
}

/** What is answered, by kind. `null`: the register does not know. */
export interface Answers {
  readonly address: { readonly known: boolean; readonly capacity: number | null; readonly occupants: number | null }
  readonly persons: { readonly candidates: readonly Candidate[] }
}

export type QuestionKind = keyof Answers

/** What a register can be asked (Request-Reply, EIP). */
export type Question<Kind extends QuestionKind = QuestionKind> = {
  [Each in Kind]: { readonly kind: Each } & Asked[Each]
}[Kind]

/** What a register says to a question. */
export type AnswerTo<Asked extends Question> = Answers[Asked['kind']]

/** One function for each kind of question. */
export type Answering = {
  readonly [Kind in QuestionKind]: (question: Question<Kind>, signal: AbortSignal) => Promise<Answers[Kind]>
}

/** The method `request` of an adapter that can answer every kind. */
export function answerQuestions(
  answering: Answering,
): <Kind extends QuestionKind>(question: Question<Kind>, signal: AbortSignal) => Promise<Answers[Kind]> {
  return async <Kind extends QuestionKind>(question: Question<Kind>, signal: AbortSignal) =>
    await answering[question.kind](question, signal)
}
