import { type TString, Type } from 'typebox'

/** Text as it arrived: no trimming, no change of case, no rule. `source` is the standard and the clause. */
export function text(sentence: string, source: string): TString {
  return Type.String({ description: `${sentence} ${source}.` })
}

/** An identifier, name or code that must hold something. */
export function populatedText(sentence: string, source: string): TString {
  return Type.String({ title: 'PopulatedText', minLength: 1, description: `${sentence} ${source}.` })
}
