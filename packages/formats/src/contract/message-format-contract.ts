import { expect, it } from 'vitest'
import type { ByteSource, MessageFormat, ReadItem } from '../message-format.ts'
import type { Problem } from '../problem.ts'
import { SourceRefused } from '../source-refused.ts'

/** What the contract needs to know of one format. */
export interface MessageFormatSubject<Value> {
  readonly format: MessageFormat<Value>
  /** Values that the format holds, at least two and different. */
  readonly values: readonly Value[]
  /** A source with a record that is at fault; the others of it, if it has any, are not. */
  readonly withBadRecord: { readonly source: Uint8Array; readonly code: string; readonly path: string }
  /** A source that is at fault as a whole. */
  readonly refused: { readonly source: Uint8Array; readonly code: string }
}

/** What every `MessageFormat` promises, one test to a promise. */
export function messageFormatContract<Value>(subject: MessageFormatSubject<Value>): void {
  const { format, values, withBadRecord, refused } = subject
  const [written = new Uint8Array()] = values.map((value) => format.write(value))

  it('reads back what it writes', async () => {
    for (const value of values) {
      expect(await items(format, format.write(value))).toEqual([{ index: 0, value, problems: [] }])
    }
  })

  it('writes the same value as the same bytes', () => {
    for (const value of values) expect(format.write(structuredClone(value))).toEqual(format.write(value))
  })

  it('reads the same, however the bytes are cut', async () => {
    for (const source of [written, withBadRecord.source]) {
      const whole = await items(format, source)
      for (const size of [1, 2, 3, 7, 64]) expect(await items(format, pieces(source, size))).toEqual(whole)
    }
  })

  it('counts in check what read yields, and tells of all bytes', async () => {
    const seen: number[] = []
    const source = withBadRecord.source
    const checked = await format.check(source, { onProgress: ({ bytesRead }) => seen.push(bytesRead) })
    expect(checked).toEqual({ bytesRead: source.length, recordsRead: (await items(format, source)).length })
    expect(seen.at(-1)).toBe(source.length)
  })

  it('tells of progress at most once for each 64 KiB, and at the end', async () => {
    const seen: number[] = []
    await format.check(pieces(written, 1), { onProgress: ({ bytesRead }) => seen.push(bytesRead) })
    expect(seen).toEqual([written.length])
  })

  it('yields a bad record as problems that say what, where and why', async () => {
    const read = await items(format, withBadRecord.source)
    const problems: readonly Problem[] = read.flatMap((item): readonly Problem[] => item.problems)
    expect(problems.length).toBeGreaterThan(0)
    expect(problems[0]).toMatchObject({ code: withBadRecord.code, path: withBadRecord.path })
    for (const problem of problems) expectUsable(problem)
    expect(read.map(({ index }) => index)).toEqual(read.map((_item, index) => index))
  })

  it('rejects a source that is at fault as a whole, in read as in check', async () => {
    const inRead = await items(format, refused.source).catch((error: unknown) => error)
    const inCheck = await format.check(refused.source).catch((error: unknown) => error)
    expect(inRead).toBeInstanceOf(SourceRefused)
    expect(inRead).toMatchObject({ problem: { code: refused.code } })
    expect(inCheck).toEqual(inRead)
    if (inRead instanceof SourceRefused) expectUsable(inRead.problem)
  })

  it('stops when its signal says so', async () => {
    const signal = AbortSignal.abort()
    await expect(format.check(pieces(written, 5), { signal })).rejects.toThrow(signal.reason)
    await expect(Array.fromAsync(format.read(written, { signal }))).rejects.toThrow(signal.reason)
  })

  it('lets the source go when the reader stops early', async () => {
    let released = false
    async function* source() {
      try {
        yield written
        yield new Uint8Array()
      } finally {
        released = true
      }
    }
    for await (const _item of format.read(source())) break
    expect(released).toBe(true)
  })
}

async function items<Value>(format: MessageFormat<Value>, source: ByteSource): Promise<ReadItem<Value>[]> {
  return await Array.fromAsync(format.read(source))
}

/** Pieces of one buffer that is used again for each, as a file reader does. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(size)
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size)
    buffer.set(piece)
    yield buffer.subarray(0, piece.length)
    buffer.fill(0xff)
  }
}

function expectUsable({ code, rule, sentence, value, line, column }: Problem): void {
  expect(code).not.toBe('')
  expect(rule).not.toBe('')
  expect(sentence).toMatch(/^[\p{Lu}\p{L}_].*\.$/su)
  expect((value ?? '').length).toBeLessThanOrEqual(80)
  for (const number of [line, column]) if (number !== undefined) expect(number).toBeGreaterThan(0)
}
