import { expect, it } from 'vitest'
import { submittedFile } from './submitted-file.ts'
import { message } from './testing/sample-records.ts'

const digest = 'd'.repeat(64)
const file = { fileName: 'lists.xml', digest }

it('reads name and digest of the file from the first message of a transaction', () => {
  expect(submittedFile(message(0, digest, {}, file))).toEqual({ name: 'lists.xml', digest })
  expect(submittedFile(message(0, digest, {}, { digest }))).toEqual({ name: null, digest })
})

it.each([
  ['a message that follows from another', message(0, 'a', { correlationId: digest }, file)],
  ['a body that is no JSON by its type', message(0, 'a', { dataContentType: 'application/xml' }, file)],
  ['a body without a digest', message(0, 'a', {}, { fileName: 'lists.xml' })],
  ['a digest that is no text', message(0, 'a', {}, { digest: 7 })],
  ['a body that is too large to be such a message', message(0, 'a', {}, { ...file, more: 'x'.repeat(70_000) })],
  ['a body that cannot be read', { ...message(0, 'a'), body: Buffer.from('{"digest":') }],
])('sees no file in %s', (_title, record) => {
  expect(submittedFile(record)).toBeNull()
})
