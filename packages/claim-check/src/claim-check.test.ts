import { createHash, randomBytes } from 'node:crypto'
import { utimesSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openClaimCheck } from './index.ts'

let folder: string
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'claim-check-')), 'claims')
})
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }))

async function* chunks(...bodies: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* bodies
}
const text = (body: string) => chunks(Buffer.from(body))
const sha256 = (body: Uint8Array | string) => createHash('sha256').update(body).digest('hex')

async function read(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts)
}
const files = async () => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile())
const bodyFile = (digest: string) => join(folder, digest.slice(0, 2), digest.slice(2))
const longAgo = new Date('2020-01-01T00:00:00Z')

describe('claim check', () => {
  it('gives a body back as it came, in chunks, under the SHA-256 of its bytes', async () => {
    const store = await openClaimCheck({ folder })
    const body = randomBytes(1_000_000)
    const claim = await store.put(chunks(body.subarray(0, 3), body.subarray(3, 900_000), body.subarray(900_000)))
    expect(claim).toEqual({ digest: sha256(body), sizeBytes: 1_000_000 })
    expect((await read(store.get(claim.digest))).equals(body)).toBe(true)
    let largest = 0
    for await (const chunk of store.get(claim.digest)) largest = Math.max(largest, chunk.byteLength)
    expect(largest).toBe(256 * 1024)
    expect(await readFile(bodyFile(claim.digest))).toEqual(body)
  })

  it('keeps an empty body', async () => {
    const store = await openClaimCheck({ folder })
    const { digest } = await store.put(chunks())
    expect(digest).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(await read(store.get(digest))).toHaveLength(0)
  })

  it('keeps the same bytes once, handed in twice or at the same time', async () => {
    const store = await openClaimCheck({ folder })
    const claims = await Promise.all(Array.from({ length: 20 }, () => store.put(text('the same file'))))
    expect(new Set(claims.map((claim) => claim.digest)).size).toBe(1)
    expect(await files()).toHaveLength(2)
    expect(store.sizeBytes()).toBe(13)
  })

  it('knows its bodies after it was opened again', async () => {
    const { digest } = await (await openClaimCheck({ folder })).put(text('over a restart'))
    const store = await openClaimCheck({ folder })
    expect(await store.has(digest)).toBe(true)
    expect(store.sizeBytes()).toBe(14)
    const listed = await Array.fromAsync(store.list())
    expect(listed).toEqual([{ digest, sizeBytes: 14, stagedAt: expect.any(Date) }])
    expect((await read(store.get(digest))).toString()).toBe('over a restart')
  })

  it('says that it has no such body, also for names that lead elsewhere', async () => {
    const store = await openClaimCheck({ folder })
    for (const digest of [sha256('never put'), '../../format', 'format', '', sha256('x').toUpperCase()]) {
      expect(await store.has(digest)).toBe(false)
      expect(await store.remove(digest)).toBe(false)
      await expect(read(store.get(digest))).rejects.toMatchObject({ code: 'PRV_CLAIM_CHECK_UNKNOWN' })
    }
  })

  it.each([
    ['a changed byte', (path: string) => writeFile(path, 'the body, whule')],
    ['a lost end', (path: string) => truncate(path, 5)],
    ['all bytes lost', (path: string) => truncate(path, 0)],
  ])('never ends a read in silence after %s, and heals when the file is handed in again', async (_damage, damage) => {
    const store = await openClaimCheck({ folder })
    const { digest } = await store.put(text('the body, whole'))
    await damage(bodyFile(digest))
    await expect(read(store.get(digest))).rejects.toMatchObject({ code: 'PRV_CLAIM_CHECK_DAMAGED' })
    expect(await store.check()).toEqual([
      { file: join(digest.slice(0, 2), digest.slice(2)), sentence: expect.stringContaining('is damaged') },
    ])
    await store.put(text('the body, whole'))
    expect((await read(store.get(digest))).toString()).toBe('the body, whole')
    expect(await store.check()).toEqual([])
  })

  it('removes a body, and who is reading it reads it to its end', async () => {
    const store = await openClaimCheck({ folder })
    const body = randomBytes(700_000)
    const { digest } = await store.put(chunks(body))
    const reading = store.get(digest)[Symbol.asyncIterator]()
    const first = await reading.next()
    expect(await store.remove(digest)).toBe(true)
    expect(await store.has(digest)).toBe(false)
    expect(store.sizeBytes()).toBe(0)
    const rest = await read({ [Symbol.asyncIterator]: () => reading })
    expect(Buffer.concat([first.value ?? Buffer.of(), rest]).equals(body)).toBe(true)
  })

  it('lets go what nobody holds and was staged before the given moment, and nothing else', async () => {
    const store = await openClaimCheck({ folder })
    const held = await store.put(text('old and held'))
    const old = await store.put(text('old'))
    const fresh = await store.put(text('fresh'))
    const renewed = await store.put(text('old, but handed in again'))
    for (const { digest } of [held, old, renewed]) await utimes(bodyFile(digest), longAgo, longAgo)
    await store.put(text('old, but handed in again'))
    const stagedBefore = new Date('2021-01-01T00:00:00Z')
    const asked: string[] = []
    const isHeld = (digest: string) => {
      asked.push(digest)
      return digest === held.digest
    }
    expect(await store.removeUnheld({ isHeld, stagedBefore })).toBe(1)
    expect(asked.sort()).toEqual([held.digest, old.digest].sort())
    expect(await store.has(old.digest)).toBe(false)
    for (const { digest } of [held, fresh, renewed]) expect(await store.has(digest)).toBe(true)
    expect(store.sizeBytes()).toBe(held.sizeBytes + fresh.sizeBytes + renewed.sizeBytes)
  })

  it('does not let go a body that is handed in again just as retention looks at it', async () => {
    const store = await openClaimCheck({ folder })
    const { digest } = await store.put(text('old'))
    await utimes(bodyFile(digest), longAgo, longAgo)
    const isHeld = () => {
      utimesSync(bodyFile(digest), new Date(), new Date())
      return false
    }
    expect(await store.removeUnheld({ isHeld, stagedBefore: new Date('2021-01-01T00:00:00Z') })).toBe(0)
    expect(await store.has(digest)).toBe(true)
  })

  it('reports a file that is no body, and leaves it alone', async () => {
    const store = await openClaimCheck({ folder })
    const { digest } = await store.put(text('a neighbour'))
    const file = join(digest.slice(0, 2), 'notes.txt')
    await writeFile(join(folder, file), 'left here by somebody')
    expect(await store.check()).toEqual([{ file, sentence: expect.stringContaining('notes.txt') }])
    await store.removeUnheld({ isHeld: () => false, stagedBefore: new Date(Date.now() + 60_000) })
    expect(await readFile(join(folder, file), 'utf8')).toBe('left here by somebody')
  })
})
