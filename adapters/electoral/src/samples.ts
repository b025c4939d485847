import type { AdapterDeclaration } from '@portreeve/adapter-sdk'
import type { RecordLayout } from '@portreeve/formats'
import { ownReturnLayout } from './vendor-types.ts'

/** A file that is written for a household of two, in our own layout. */
export const sampleFile = `REQUEST_ID,PERSON_NO,PERSONS,ELECTOR_NO,TITLE,FORENAMES,SURNAME,DATE_OF_BIRTH,MOVED_ON,OLD_UPRN,OLD_SAON,OLD_PAON,OLD_STREET,OLD_LOCALITY,OLD_TOWN,OLD_ADMINISTRATIVE_AREA,OLD_POST_TOWN,OLD_POSTCODE,NEW_UPRN,NEW_SAON,NEW_PAON,NEW_STREET,NEW_LOCALITY,NEW_TOWN,NEW_ADMINISTRATIVE_AREA,NEW_POST_TOWN,NEW_POSTCODE
request-1,1,2,,,Ann,Example,31/01/1980,01/03/2026,,,1,HIGH STREET,,SALLOWMERE,,,ZZ99 1AA,10000000001,FLAT 2,12A-14,HIGH STREET,,SALLOWMERE,,,ZZ99 1AB
request-1,2,2,,,Bo,Example,,01/03/2026,,,1,HIGH STREET,,SALLOWMERE,,,ZZ99 1AA,10000000001,FLAT 2,12A-14,HIGH STREET,,SALLOWMERE,,,ZZ99 1AB
`

/** A return file, in our own layout, with each result. */
export const sampleReturn = `REQUEST_ID,PERSON_NO,RESULT,ELECTOR_NO,CANDIDATES,REASON
request-1,1,OK,E1001,,
request-1,2,OK,E1002,,
request-2,,PENDING,,,Waits for the next canvass.
request-3,1,MULTI,,"E1003 Ann Example, 1 High Street; E1004 Ann Example, 7 Low Road",
request-4,1,NOMATCH,,,Nobody of this name is on the register.
request-5,1,REJECTED,E1005,,The address lies outside the borough.
`

const results: Readonly<Record<string, string>> = {
  confirmed: 'the register is changed',
  'in-progress': 'somebody works on it; another line follows',
  'several-matches': 'a person has to say which of the candidates is meant',
  'no-match': 'nobody on the register fits',
  rejected: 'it is not done, for the reason that is told',
}

const columns: Readonly<Record<string, string>> = {
  requestId: 'as in the file that was taken',
  personNumber: 'as there; without it the line is about all persons of the request',
  status: codesOf(ownReturnLayout).join('; '),
  systemReference: "the register's own number of the person",
  candidates: 'of each a number, a blank and what tells this one from the others, with semicolons between them',
  words: 'in words, for whoever looks into it',
}

export const samples: NonNullable<AdapterDeclaration['samples']> = [
  {
    title: 'A file that is written, without `layoutFile`',
    about: 'A line for each person. A change of a household has as many lines as `PERSONS` says.',
    language: 'csv',
    text: sampleFile,
  },
  {
    title: 'A return file, without `returnLayoutFile`',
    about: [
      'All columns are in the first line, in any order. What is not filled stays empty.',
      '',
      '| Column | Name in a layout | Filled | What stands there |',
      '|---|---|---|---|',
      ...ownReturnLayout.fields.map(
        ({ name, heading, required }) =>
          `| \`${heading}\` | \`${name}\` | ${required ? 'always' : 'may be'} | ${columns[name]} |`,
      ),
    ].join('\n'),
    language: 'csv',
    text: sampleReturn,
  },
]

function codesOf({ fields }: RecordLayout): readonly string[] {
  return fields.flatMap((field) =>
    field.type === 'code'
      ? Object.entries(field.codes ?? {}).map(([code, status]) => `\`${code}\` (${status}): ${results[status]}`)
      : [],
  )
}
