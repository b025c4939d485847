import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ClaimCheck, openClaimCheck } from './index.ts'

let folder: string
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'claim-check-')), 'claims')
})
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }))

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) yield Buffer.alloc(1000)
}
/** Someone who has begun to write a body, and ends with the scope. */
async function started(store: ClaimCheck): Promise<AsyncDisposable> {
  const end = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  async function* slow() {
    yield Buffer.from('half of')
    begun.resolve()
    await end.promise
  }
  const putting = store.put(slow())
  await begun.promise
  return {
    [Symbol.asyncDispose]: async () => {
      end.resolve()
      await putting
    },
  }
}
async function* bodyOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
const files = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile()).map((e) => e.name)

/** Runs a script against this package in a process of its own, after the given shell commands. */
function run(script: string, before = ''): ReturnType<typeof spawn> {
  const index = JSON.stringify(new URL('./index.ts', import.meta.url).href)
  const code = `const { openClaimCheck } = await import(${index}); const folder = ${JSON.stringify(folder)}; ${script}`
  const command = `${before} exec "$0" --input-type=module --eval "$1"`
  return spawn('/bin/sh', ['-c', command, process.execPath, code], { stdio: ['ignore', 'pipe', 'inherit'] })
}

describe('unfinished bodies', () => {
  it('leaves what others are still writing in a folder that they share, but not what was left there days ago', async () => {
    await using _first = await started(await openClaimCheck({ folder, isShared: true }))
    const [young] = (await files()).filter((name) => name !== 'format')
    const old = join(folder, 'incoming', 'left-behind')
    await writeFile(old, 'half of')
    await utimes(old, 0, 0)
    await openClaimCheck({ folder, isShared: true })
    expect((await files()).toSorted()).toEqual(['format', young].toSorted())
  })

  it('lets many make a shared folder at the same time', async () => {
    const stores = await Promise.all(Array.from({ length: 8 }, () => openClaimCheck({ folder, isShared: true })))
    const claims = await Promise.all(stores.map((store) => store.put(bodyOf('the same'))))
    expect(new Set(claims.map(({ digest }) => digest)).size).toBe(1)
    expect(await stores[7]?.check()).toEqual([])
  })

  it('keeps nothing of a body whose source fails, and passes its error on as it is', async () => {
    const store = await openClaimCheck({ folder })
    const fault = new Error('the line went dead')
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half of ')
      throw fault
    }
    await expect(store.put(failing())).rejects.toBe(fault)
    expect(await files()).toEqual(['format'])
    expect(store.sizeBytes()).toBe(0)
  })

  it('refuses what would pass its limit, keeps nothing of it, stops reading it, and takes what fits', async () => {
    const store = await openClaimCheck({ folder, maxBytes: 10_000 })
    await expect(store.put(endless())).rejects.toMatchObject({ code: 'PRV_CLAIM_CHECK_FULL' })
    expect(await files()).toEqual(['format'])
    async function* exact(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(10_000)
    }
    await store.put(exact())
    expect(store.sizeBytes()).toBe(10_000)
    await expect(store.put(endless())).rejects.toMatchObject({ code: 'PRV_CLAIM_CHECK_FULL' })
    expect((await files()).sort()).toHaveLength(2)
    const again = await openClaimCheck({ folder, maxBytes: 10_000 })
    await expect(again.put(endless())).rejects.toMatchObject({ code: 'PRV_CLAIM_CHECK_FULL' })
  })

  it.skipIf(process.platform === 'win32')(
    'answers a disk that takes no more, and keeps nothing [needs a POSIX system]',
    async () => {
      const child = run(
        `const store = await openClaimCheck({ folder })
       async function* endless() { for (;;) yield Buffer.alloc(1000) }
       try { await store.put(endless()) } catch (error) { console.log(error.code, error.details.fault) }`,
        'ulimit -f 64;',
      )
      let said = ''
      child.stdout?.on('data', (data) => {
        said += data
      })
      await once(child, 'close')
      expect(said).toBe('PRV_CLAIM_CHECK_DISK_FULL EFBIG\n')
      expect(await files()).toEqual(['format'])
    },
  )

  it('throws away at the next start what kill -9 left half written, and keeps what was acknowledged', async () => {
    const child = run(
      `const store = await openClaimCheck({ folder })
       async function* whole() { yield Buffer.from('acknowledged') }
       const { digest } = await store.put(whole())
       async function* slow() { yield Buffer.from('half'); console.log(digest); await new Promise(() => setInterval(() => {}, 1e6)) }
       await store.put(slow())`,
    )
    if (child.stdout === null) throw new TypeError('no output')
    const [line] = await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'close')
    expect(await files()).toHaveLength(3)
    const store = await openClaimCheck({ folder })
    expect((await files()).sort()).toHaveLength(2)
    expect(await store.has(String(line).trim())).toBe(true)
  })
})

describe('folder format', () => {
  it('takes over a folder in which a crash left only an unfinished format', async () => {
    await mkdir(folder)
    await writeFile(join(folder, 'format.new'), 'portree')
    const store = await openClaimCheck({ folder })
    expect(await store.check()).toEqual([])
    expect(await readFile(join(folder, 'format'), 'utf8')).toBe('portreeve claim-check 1\n')
  })

  it.each([
    ['PRV_CLAIM_CHECK_FOREIGN', 'letters.txt', 'Dear Sir'],
    ['PRV_CLAIM_CHECK_FOREIGN', 'format', 'something else'],
    ['PRV_CLAIM_CHECK_NEWER', 'format', 'portreeve claim-check 2\n'],
  ])('refuses with %s a folder with %s that says %j, and changes nothing', async (code, name, content) => {
    await mkdir(join(folder, 'incoming'), { recursive: true })
    await writeFile(join(folder, name), content)
    await writeFile(join(folder, 'incoming', 'theirs'), 'not ours')
    await expect(openClaimCheck({ folder })).rejects.toMatchObject({ code })
    expect((await files()).sort()).toEqual([name, 'theirs'].sort())
  })
})
