import { appendFile, chmod, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Claims, Polled } from '@portreeve/adapter-sdk'
import { PortreeveError } from '@portreeve/errors'
import { afterEach, expect, it } from 'vitest'
import { AnswerFolder } from './answer-folder.ts'
import { type FakeSystem, startFakeSystem } from './fake-system.ts'
import { pollInbox } from './poll-inbox.ts'
import { digestOf } from './testing/messages.ts'

const running: FakeSystem[] = []
afterEach(async () => {
  for (const system of running.splice(0)) await system.close()
})

const signal = new AbortController().signal

/** Keeps nothing: what it is given is read to its end, and its digest told. */
const claims: Claims = {
  async put(source) {
    const text = Buffer.concat(await Array.fromAsync(source)).toString()
    return { digest: digestOf(text), sizeBytes: Buffer.byteLength(text) }
  },
  async *get() {},
}

async function setUp(more: { claims?: Claims; settleSeconds?: number; now?: () => number } = {}) {
  const system = await startFakeSystem()
  running.push(system)
  const open = () =>
    pollInbox({
      label: 'revenues',
      inboxFolder: system.inboxFolder,
      settleSeconds: 0,
      claims,
      answers: new AnswerFolder(system.answersFolder),
      ...more,
    })
  return { system, open, inbox: (name: string) => join(system.inboxFolder, name) }
}

type Poll = ReturnType<typeof pollInbox>

/** Two looks: a file that was not renamed must stand still over two of them. What was found before a fault is kept. */
async function pollTwice(poll: Poll, settled: (polled: Polled) => Promise<void> | void = accept) {
  const found: Polled[] = []
  let fault: unknown
  for (let look = 0; look < 2; look++) {
    fault = undefined
    try {
      for await (const { polled } of poll(null, signal)) {
        found.push(polled)
        await settled(polled)
      }
    } catch (error) {
      fault = error
    }
  }
  return { found, names: found.map(nameOf), fault }
}

const accept = (polled: Polled) => polled.settle({ status: 'accepted', reference: '9R3R-L632' })
const duplicate = (polled: Polled) => polled.settle({ status: 'duplicate', reference: '9R3R-L632' })

function nameOf({ message }: Polled): string {
  const { fileName }: { fileName: string } = JSON.parse(new TextDecoder().decode(message.body))
  return fileName
}

it('takes a file, tells its name, digest, size and inbox, and files it', async () => {
  const { system, open } = await setUp()
  await system.drop('march.xml', '<reports/>')
  const { found } = await pollTwice(open())
  expect(found.map(({ message }) => message)).toEqual([
    {
      type: 'valuation.submission.received',
      idSeed: digestOf('<reports/>'),
      key: digestOf('<reports/>'),
      attributes: { channel: 'file' },
      contentType: 'application/json',
      body: new TextEncoder().encode(
        JSON.stringify({ fileName: 'march.xml', digest: digestOf('<reports/>'), sizeBytes: 10, inbox: 'revenues' }),
      ),
    },
  ])
  expect(await system.filed('taken')).toEqual({ 'march.xml': '<reports/>' })
  expect(await readdir(system.inboxFolder)).toEqual(['taken'])
})

it('files a second copy apart, and tells the reference of the first', async () => {
  const { system, open } = await setUp()
  await system.drop('again.xml', 'x')
  await pollTwice(open(), duplicate)
  expect(await system.filed('duplicate')).toEqual({ 'again.xml': 'x' })
  const answers = await system.answers()
  expect(Object.keys(answers).map((name) => name.replace(/\.[0-9a-f]{8}\./, '.*.'))).toEqual([
    'again.xml.*.duplicate.json',
    'again.xml.*.duplicate.txt',
  ])
  expect(Object.values(answers)[1]).toContain('Reference:  9R3R-L632')
})

it('takes a file that was handed over before a crash for the first copy that it is, not for a second one', async () => {
  const { system, open } = await setUp()
  await system.drop('march.xml', 'x')
  await pollTwice(open(), () => {})
  const afterRestart = open()
  await pollTwice(afterRestart, duplicate)
  expect([await system.filed('taken'), await system.answers()]).toEqual([{ 'march.xml': 'x' }, {}])
  // The same bytes under the same name are a copy again once the first has been filed.
  await system.drop('march.xml', 'x')
  await pollTwice(afterRestart, duplicate)
  expect(await system.filed('duplicate')).toEqual({ 'march.xml': 'x' })
})

it('takes a file for a copy when a person puts it back from those that were taken', async () => {
  const { system, open, inbox } = await setUp()
  await system.drop('march.xml', 'x')
  await pollTwice(open())
  await rename(inbox('taken/march.xml'), inbox('march.xml'))
  await pollTwice(open(), duplicate)
  expect(await system.filed('duplicate')).toEqual({ 'march.xml': 'x' })
})

it('never takes half a file that is written in pieces', async () => {
  let now = 0
  const { system, open, inbox } = await setUp({ settleSeconds: 60, now: () => now })
  const poll = open()
  for (const piece of ['<reports>', '<report/>', '</reports>']) {
    await appendFile(inbox('slow.xml'), piece)
    expect((await pollTwice(poll)).names).toEqual([])
    now += 59_999
    expect((await pollTwice(poll)).names).toEqual([])
  }
  now += 1
  expect((await pollTwice(poll)).names).toEqual(['slow.xml'])
  expect(await system.filed('taken')).toEqual({ 'slow.xml': '<reports><report/></reports>' })
})

it('leaves a file that changes while it is read, and takes it when it stands still', async () => {
  let meddle: () => Promise<void> = async () => {}
  const meddling: Claims = {
    ...claims,
    put: async (source) => {
      await meddle()
      return await claims.put(source)
    },
  }
  const { system, open, inbox } = await setUp({ claims: meddling })
  await system.drop('march.xml', 'x', 'at once')
  meddle = () => appendFile(inbox('march.xml'), 'more')
  const poll = open()
  expect(await pollTwice(poll)).toMatchObject({ names: [], fault: undefined })
  meddle = async () => {}
  expect((await pollTwice(poll)).names).toEqual(['march.xml'])
  expect(await system.filed('taken')).toEqual({ 'march.xml': 'xmore' })
})

it('leaves a file in the inbox that was replaced between being read and being filed', async () => {
  const { system, open, inbox } = await setUp()
  await system.drop('march.xml', 'first')
  await pollTwice(open(), async (polled) => {
    await writeFile(inbox('march.xml'), 'second version')
    await accept(polled)
  })
  expect((await pollTwice(open())).names).toEqual(['march.xml'])
  expect(await system.filed('taken')).toEqual({ 'march.xml': 'second version' })
})

it('loses no file that is renamed over the last one at any moment while that one is filed', async () => {
  const { system, open, inbox } = await setUp()
  const told = new Set<unknown>()
  const poll = open()
  const settle = async (polled: Polled) => {
    told.add(polled.message.key)
    await accept(polled)
  }
  await system.drop('daily.xml', 'version 0')
  for (let version = 1; version <= 60; version++) {
    await writeFile(inbox('.daily.part'), `version ${version}`)
    const replace = () => rename(inbox('.daily.part'), inbox('daily.xml'))
    let replacing: Promise<void> | undefined
    await pollTwice(poll, (polled) => {
      replacing ??= sleep((version % 12) / 4).then(replace)
      return settle(polled)
    })
    await (replacing ?? replace())
  }
  await pollTwice(poll, settle)
  const filed = Object.values(await system.filed('taken'))
  expect(filed.filter((text) => !told.has(digestOf(text)))).toEqual([])
  expect(told).toContain(digestOf('version 60'))
  expect((await readdir(system.inboxFolder)).filter((name) => !name.startsWith('.'))).toEqual(['taken'])
})

it('is not misled by a file that is only touched before it is filed: it is the first copy still', async () => {
  const { system, open, inbox } = await setUp()
  await system.drop('march.xml', 'x')
  const poll = open()
  let isFirst = true
  await pollTwice(poll, async (polled) => {
    const before = await stat(inbox('march.xml'))
    // The clock of a disk goes in steps.
    const touch = async () => {
      await chmod(inbox('march.xml'), 0o600)
      return (await stat(inbox('march.xml'))).ctimeMs
    }
    if (isFirst) {
      isFirst = false
      await expect.poll(touch).not.toBe(before.ctimeMs)
      await accept(polled)
    } else await duplicate(polled)
  })
  await pollTwice(poll, duplicate)
  expect([await system.filed('taken'), await system.answers()]).toEqual([{ 'march.xml': 'x' }, {}])
})

it('takes a thousand files at once, each once', { timeout: 180_000 }, async () => {
  const { system, open } = await setUp()
  const names = Array.from({ length: 1000 }, (_, index) => `${index}.xml`)
  await Promise.all(names.map((name) => system.drop(name, name, 'at once')))
  const { names: found } = await pollTwice(open())
  expect(found.toSorted()).toEqual(names.toSorted())
  expect(Object.keys(await system.filed('taken'))).toHaveLength(1000)
})

it.each([
  ['a newline', 'a\nb.xml', 'a\\u{a}b.xml'],
  ['dots', '...xml', undefined],
  ['what looks like a way out', '..\\..\\passwd', undefined],
  ['nothing but a space', ' ', ' '],
])('takes a file whose name has %s, if at all, where it lies', async (_what, name, shown) => {
  const { system, open } = await setUp()
  await system.drop(name, 'x', 'at once')
  expect((await pollTwice(open())).names).toEqual(shown === undefined ? [] : [shown])
  expect(Object.keys(await system.filed('taken'))).toEqual(shown === undefined ? [] : [name])
})

it('tells of what it will never take, behind all that it takes', async () => {
  const { system, open, inbox } = await setUp()
  await symlink('/etc/hostname', inbox('link.xml'))
  await system.drop('march.xml', 'x')
  const { names, fault } = await pollTwice(open())
  expect(names).toEqual(['march.xml'])
  expect(fault).toMatchObject({ code: 'PRV_ENDPOINTS_FILE_STRANGE', details: { count: 1, name: 'link.xml' } })
})

it('lets a file that it may not read hold up none of the others', async () => {
  const refusing: Claims = {
    ...claims,
    put: async (source) => {
      const claim = await claims.put(source)
      if (claim.sizeBytes === 3) throw new PortreeveError('PRV_ENDPOINTS_FILE_NOT_ALLOWED', { path: 'p' })
      return claim
    },
  }
  const { system, open } = await setUp({ claims: refusing })
  await system.drop('1.xml', 'bad')
  await system.drop('2.xml', 'good')
  const { names, fault } = await pollTwice(open())
  expect(names).toEqual(['2.xml'])
  expect(fault).toMatchObject({ code: 'PRV_ENDPOINTS_FILE_NOT_ALLOWED' })
})

it('leaves every file where it is while the disk for their bodies is full', async () => {
  const full: Claims = { ...claims, put: () => Promise.reject(new PortreeveError('PRV_CLAIM_CHECK_DISK_FULL', {})) }
  const { system, open } = await setUp({ claims: full })
  await system.drop('1.xml', 'x')
  expect((await pollTwice(open())).fault).toMatchObject({ code: 'PRV_CLAIM_CHECK_DISK_FULL' })
  expect(await readdir(system.inboxFolder)).toEqual(['1.xml'])
})

it('leaves files where they are while they cannot be moved, and files each as the first copy once it can', async () => {
  const { system, open, inbox } = await setUp()
  await symlink('nowhere', inbox('taken'))
  await system.drop('1.xml', 'x')
  await system.drop('2.xml', 'y')
  const poll = open()
  const faults: unknown[] = []
  await pollTwice(poll, (polled) => accept(polled).catch((fault: unknown) => void faults.push(fault)))
  const failed = expect.objectContaining({ code: 'PRV_ENDPOINTS_FILE_FAILED' })
  expect(faults).toEqual([failed, failed])
  expect(await readdir(system.inboxFolder)).toEqual(expect.arrayContaining(['1.xml', '2.xml']))
  await rm(inbox('taken'))
  await pollTwice(poll, duplicate)
  expect([await system.filed('taken'), await system.answers()]).toEqual([{ '1.xml': 'x', '2.xml': 'y' }, {}])
})
