import { expect } from 'vitest'
import type { Adapter, Received } from '../../adapter.ts'
import type { FlaggedPromise } from '../adapter-promise.ts'
import type { StandInDocument } from '../stand-in.ts'
import type { Subject } from '../subject.ts'

type Receive = NonNullable<Adapter['receive']>

async function receiveOf(subject: Subject): Promise<Receive> {
  const { receive } = await subject.open()
  if (!receive) throw new TypeError('the adapter cannot receive')
  return receive
}

/** In pieces that fit nothing. */
async function* piecesOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (let from = 0; from < bytes.byteLength; from += 61) yield bytes.subarray(from, from + 61)
}

function optionsOf(subject: Subject, { contentType }: StandInDocument, fromIndex?: number) {
  const documentId = 'f'.repeat(64)
  return { contentType, documentId, signal: subject.signal, ...(fromIndex !== undefined && { fromIndex }) }
}

async function recordsOf(subject: Subject, document: StandInDocument, fromIndex?: number): Promise<Received[]> {
  const receive = await receiveOf(subject)
  return await Array.fromAsync(receive.records(piecesOf(document.bytes), optionsOf(subject, document, fromIndex)))
}

export const whole: FlaggedPromise = {
  flag: 'receive',
  whenTrue: {
    title: 'reads a document into messages of the types that it declares, every record once and in order',
    async run(subject) {
      const document = subject.needed('document')('good')
      const check = (await receiveOf(subject)).check(piecesOf(document.bytes), optionsOf(subject, document))
      expect(await check).toBeNull()
      const records = await recordsOf(subject, document)
      expect(records.map(({ index }) => index)).toEqual(Array.from({ length: document.records }, (_, index) => index))
      const messages = records.flatMap((record) => ('message' in record ? [record.message] : []))
      for (const { type } of messages) expect(subject.declaration.emits).toContain(type)
      expect(new Set(messages.map(({ idSeed }) => idSeed)).size).toBe(messages.length)
    },
  },
  whenFalse: null,
}

export const resumed: FlaggedPromise = {
  flag: 'receive',
  whenTrue: {
    title: 'goes on inside a document after a restart, with the same messages as before',
    async run(subject) {
      const document = subject.needed('document')('good')
      const records = await recordsOf(subject, document)
      expect(await recordsOf(subject, document, 2)).toEqual(records.slice(2))
    },
  },
  whenFalse: null,
}

export const broken: FlaggedPromise = {
  flag: 'receive',
  whenTrue: {
    title: 'refuses a document that cannot be read to its end, and says why',
    async run(subject) {
      const document = subject.needed('document')('broken')
      const receive = await receiveOf(subject)
      const refusal = await receive.check(piecesOf(document.bytes), optionsOf(subject, document))
      expect(refusal?.problems.map(({ sentence }) => sentence.length > 0)).toContain(true)
    },
  },
  whenFalse: null,
}
