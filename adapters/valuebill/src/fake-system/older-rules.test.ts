import { expect, it } from 'vitest'
import { olderErrors } from './older-rules.ts'
import type { ExampleReport } from './testing/example-document.ts'
import { readExample } from './testing/read-example.ts'

const codesOf = (report: ExampleReport) => olderErrors(readExample(report), '9999').map(({ errorCode }) => errorCode)

it.each([
  ['CR01', 1, 0, []],
  ['CR01', 2, 1, ['1007', '1008']],
  ['CR03', 0, 1, []],
  ['CR03', 1, 2, ['1001', '1002']],
  ['CR04', 1, 0, []],
  ['CR04', 1, 1, ['1003']],
  ['CR05', 2, 3, []],
  ['CR05', 0, 1, ['1005']],
  ['CR05', 1, 0, ['1004']],
  ['CR12', 1, 1, []],
  ['CR12', 2, 2, ['1001', '1007']],
  ['CR08', 1, 0, ['1006']],
  ['CR15', 1, 0, ['1006']],
  ['CR16', 1, 0, ['1006']],
])('%s with %i existing and %i proposed properties gives %j', (reason, existing, proposed, codes) => {
  expect(codesOf({ reason, existing, proposed })).toEqual(codes)
})

it('counts no entries of business rates', () => {
  expect(codesOf({ tax: 'NNDRreasonForReport', reason: '08', existing: 2, proposed: 2 })).toEqual([])
})

it('wants upper case and few signs in every text, and tells the text', () => {
  expect(codesOf({ remarks: "O'REED &amp; SONS: (REAR) 1/2 +A @B." })).toEqual([])
  expect(olderErrors(readExample({ remarks: 'Reed, rear' }), '9999')).toEqual([
    { errorCode: '1000', values: ['Remarks', 'Reed, rear'] },
  ])
})

it('wants each report to carry the code of the login', () => {
  expect([codesOf({ authority: '09999' }), codesOf({ authority: '9998' })]).toEqual([[], ['1010']])
})
