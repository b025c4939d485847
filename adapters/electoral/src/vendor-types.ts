import type { RecordLayout } from '@portreeve/formats'
import { bs7666AddressSchema, tellerSchema } from '@portreeve/model'

const address = (prefix: string, heading: string): RecordLayout['fields'] => [
  { name: `${prefix}.uprn`, heading: `${heading}_UPRN` },
  { name: `${prefix}.saon`, heading: `${heading}_SAON` },
  { name: `${prefix}.paon`, heading: `${heading}_PAON` },
  { name: `${prefix}.streetDescription`, heading: `${heading}_STREET` },
  { name: `${prefix}.locality`, heading: `${heading}_LOCALITY` },
  { name: `${prefix}.town`, heading: `${heading}_TOWN` },
  { name: `${prefix}.administrativeArea`, heading: `${heading}_ADMINISTRATIVE_AREA` },
  { name: `${prefix}.postTown`, heading: `${heading}_POST_TOWN` },
  { name: `${prefix}.postcode`, heading: `${heading}_POSTCODE` },
]

/** What is written unless `layoutFile` says otherwise: a line for each person. */
export const ownLayout: RecordLayout = {
  format: 'csv',
  // Names are a citizen's words, and somebody opens the file in a spreadsheet.
  neutraliseFormulas: true,
  fields: [
    { name: 'requestId', heading: 'REQUEST_ID', required: true },
    { name: 'personNumber', heading: 'PERSON_NO', type: 'integer', required: true },
    { name: 'personCount', heading: 'PERSONS', type: 'integer', required: true },
    { name: 'personReference', heading: 'ELECTOR_NO' },
    { name: 'personTitle', heading: 'TITLE' },
    { name: 'personGivenName', heading: 'FORENAMES', required: true },
    { name: 'personFamilyName', heading: 'SURNAME', required: true },
    { name: 'personBirthDate', heading: 'DATE_OF_BIRTH', type: 'date', format: 'DD/MM/YYYY' },
    { name: 'movedOn', heading: 'MOVED_ON', type: 'date', format: 'DD/MM/YYYY', required: true },
    ...address('oldAddress', 'OLD'),
    ...address('newAddress', 'NEW'),
  ],
}

/** What is read unless `returnLayoutFile` says otherwise. */
export const ownReturnLayout: RecordLayout = {
  format: 'csv',
  fields: [
    { name: 'requestId', heading: 'REQUEST_ID', required: true },
    { name: 'personNumber', heading: 'PERSON_NO', type: 'integer' },
    {
      name: 'status',
      heading: 'RESULT',
      type: 'code',
      required: true,
      codes: {
        OK: 'confirmed',
        PENDING: 'in-progress',
        MULTI: 'several-matches',
        NOMATCH: 'no-match',
        REJECTED: 'rejected',
      },
    },
    { name: 'systemReference', heading: 'ELECTOR_NO' },
    { name: 'candidates', heading: 'CANDIDATES', maxLength: 4000 },
    { name: 'words', heading: 'REASON', maxLength: 1000 },
  ],
}

/** Names that a return layout may give its fields; the first two must be there. */
export const returnNames = [
  'requestId',
  'status',
  'personNumber',
  'systemReference',
  'candidates',
  'code',
  'words',
] as const

const addressNames = Object.keys(bs7666AddressSchema.properties)

/** Names that a layout of what is written may give its fields. */
export const outgoingNames: readonly string[] = [
  'requestId',
  'reference',
  'personNumber',
  'personCount',
  'personReference',
  ...Object.keys(tellerSchema.properties),
  'movedOn',
  ...['oldAddress', 'newAddress'].flatMap((prefix) => addressNames.map((name) => `${prefix}.${name}`)),
]
