import { type TString, Type } from 'typebox'

/** A day of the calendar, without a time or a zone. Whether the month has such a day is for a rule to say. */
export function date(sentence: string, source: string): TString {
  return Type.String({
    title: 'Date',
    pattern: '^[12][0-9]{3}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$',
    description: `${sentence} YYYY-MM-DD. ${source}.`,
  })
}
