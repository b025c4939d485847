import { expect } from 'vitest'
import { type Header, maxRecordBytes, recordBytes } from '../../record.ts'
import type { LogPromise } from '../log-promise.ts'
import { textRecord, texts, values } from '../records.ts'
import { atLeast } from '../subject.ts'

export const headers: LogPromise = {
  title: 'keeps headers in order, names that occur twice, empty values and letters of every language',
  async run(subject) {
    const topic = await subject.topic('headers')
    const written = [
      ['ce_id', '1'],
      ['trace', 'first'],
      ['Trace', 'other name'],
      ['trace', 'second'],
      ['empty', ''],
      ['__proto__x', 'plain'],
      ['ŷ', 'Llanfair­pwllgwyngyll, Ynys Môn, 村'],
    ] as const
    await subject.log.append([textRecord(topic, 'k', 'v', written), textRecord(topic, 'k', 'none')])
    const [first, second] = await subject.everything(topic)
    expect(first && texts(first)).toEqual({ key: 'k', value: 'v', headers: written.map((pair) => [...pair]) })
    expect(second?.headers).toEqual([])
    const options = { group: subject.unique('headers'), topics: [topic] }
    const consumed = await subject.consumeUntil(options, atLeast(2))
    expect(consumed.map(texts)).toEqual((await subject.everything(topic)).map(texts))
  },
}

export const tombstones: LogPromise = {
  title: 'tells null from empty, in keys and in values',
  async run(subject) {
    const topic = await subject.topic('tombstones')
    const written = [
      ['key', null],
      ['key', ''],
      [null, 'value'],
      ['', 'value'],
      [null, null],
    ] as const
    await subject.log.append(written.map(([key, value]) => textRecord(topic, key, value)))
    const read = (await subject.everything(topic)).map(texts)
    expect(read).toEqual(written.map(([key, value]) => ({ key, value, headers: [] })))
  },
}

export const anyBytes: LogPromise = {
  title: 'keeps every byte of keys, values and headers, up to the largest record',
  async run(subject) {
    const topic = await subject.topic('bytes')
    const key = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    const headers: Header[] = [
      ['größe', new TextEncoder().encode('größte')],
      ['octets', key],
    ]
    const length = maxRecordBytes - recordBytes({ topic, key, value: null, headers })
    const value = Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) & 0xff)
    await subject.log.append([{ topic, key, value, headers }, textRecord(topic, 'small', 'behind')])
    const [large, small] = await subject.everything(topic)
    expect(Buffer.from(large?.key ?? []).equals(key)).toBe(true)
    expect(Buffer.from(large?.value ?? []).equals(value)).toBe(true)
    expect(large?.headers.map(([name, header]) => [name, [...header]])).toEqual(
      headers.map(([name, header]) => [name, [...header]]),
    )
    expect(small && texts(small)).toEqual({ key: 'small', value: 'behind', headers: [] })
  },
}

export const callersBytes: LogPromise = {
  title: 'has its own copy of what it was given: the caller may use the bytes again at once',
  async run(subject) {
    const topic = await subject.topic('copy')
    const value = new TextEncoder().encode('as given')
    const appended = subject.log.append([{ topic, key: null, value, headers: [] }])
    value.fill(0)
    await appended
    expect(values(await subject.everything(topic))).toEqual(['as given'])
  },
}

export const tooLarge: LogPromise = {
  title: 'refuses a record that is one byte too large, and all that came with it',
  async run(subject) {
    const topic = await subject.topic('too-large')
    const headers: Header[] = [['name', new Uint8Array(1)]]
    const rest = maxRecordBytes - recordBytes({ topic, key: null, value: null, headers })
    const large = { topic, key: null, value: new Uint8Array(rest + 1), headers }
    await expect(subject.log.append([textRecord(topic, null, 'with it'), large])).rejects.toMatchObject({
      code: 'PRV_LOG_RECORD_TOO_LARGE',
    })
    await subject.log.append([textRecord(topic, null, 'behind')])
    expect(values(await subject.everything(topic))).toEqual(['behind'])
  },
}
