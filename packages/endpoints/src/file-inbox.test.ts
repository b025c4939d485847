import { execFileSync } from 'node:child_process'
import { appendFile, mkdir, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { FileInbox } from './file-inbox.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

/** An inbox whose time passes when it is told to. */
function inboxOf(folder: string) {
  let now = 0
  const inbox = new FileInbox({ folder, settleMs: 1000, now: () => now })
  return {
    inbox,
    async after(ms: number) {
      now += ms
      return (await inbox.look()).map(({ name }) => name)
    },
  }
}

it('takes a file once its size and time have stood still for long enough, over two looks at least', async () => {
  await using folder = await temporaryFolder()
  const { after } = inboxOf(folder.path)
  await writeFile(join(folder.path, 'a.xml'), 'x')
  expect(await after(5000)).toEqual([])
  expect(await after(999)).toEqual([])
  expect(await after(1)).toEqual(['a.xml'])
})

it('begins to wait anew whenever a file grows, shrinks, is touched or replaced', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'a.xml')
  const { after } = inboxOf(folder.path)
  await writeFile(path, 'xx')
  await after(0)
  const changes = [
    () => appendFile(path, 'x'),
    () => writeFile(path, 'x'),
    () => utimes(path, 1, 1),
    async () => {
      await writeFile(path, 'z')
      await utimes(path, 1, 1)
    },
    async () => {
      await writeFile(join(folder.path, 'b.part'), 'y')
      await utimes(join(folder.path, 'b.part'), 1, 1)
      await rename(join(folder.path, 'b.part'), path)
    },
  ]
  for (const change of changes) {
    await change()
    expect(await after(1000)).toEqual([])
  }
  expect(await after(1000)).toEqual(['a.xml'])
})

it('takes a file at once that it has seen under a temporary name, however often it is looked at', async () => {
  await using folder = await temporaryFolder()
  const { after } = inboxOf(folder.path)
  await writeFile(join(folder.path, 'a.xml.part'), 'x')
  expect(await after(5000)).toEqual([])
  await rename(join(folder.path, 'a.xml.part'), join(folder.path, 'a.xml'))
  expect(await after(0)).toEqual(['a.xml'])
  expect(await after(0)).toEqual(['a.xml'])
})

it('does not take a new file at once that got the inode of a temporary one that is gone', async () => {
  await using folder = await temporaryFolder()
  const { after } = inboxOf(folder.path)
  for (let round = 0; round < 20; round++) {
    const [temporary, half] = [join(folder.path, `${round}.part`), join(folder.path, `half-${round}.xml`)]
    await writeFile(temporary, 'x')
    const { ino } = await stat(temporary)
    await after(0)
    await rm(temporary)
    await writeFile(half, 'ha')
    expect(await after(0), (await stat(half)).ino === ino ? 'the same inode' : 'another inode').toEqual([])
    await rm(half)
  }
})

it('never takes folders, links, pipes and sockets, and names those that somebody may wait for', async () => {
  await using folder = await temporaryFolder()
  const { after, inbox } = inboxOf(folder.path)
  await mkdir(join(folder.path, 'folder.xml'))
  await writeFile(join(folder.path, '.target'), 'x')
  await symlink(join(folder.path, '.target'), join(folder.path, 'link.xml'))
  await symlink('/nowhere', join(folder.path, 'dangling.xml'))
  await symlink('/nowhere', join(folder.path, '.hidden-link'))
  execFileSync('mkfifo', [join(folder.path, 'pipe\n.xml')])
  await using server = createServer()
  await new Promise<void>((resolve) => server.listen(join(folder.path, 'socket.xml'), resolve))
  await after(0)
  expect(await after(5000)).toEqual([])
  expect(inbox.strangers.toSorted()).toEqual(['dangling.xml', 'link.xml', 'pipe\\u{a}.xml', 'socket.xml'])
})

it.runIf(process.platform === 'linux')(
  'names a file whose name is in no encoding that can be read [needs Linux]',
  async () => {
    await using folder = await temporaryFolder()
    const { after, inbox } = inboxOf(folder.path)
    await writeFile(Buffer.concat([Buffer.from(`${folder.path}/B`), Buffer.from([0xfc]), Buffer.from('cher.xml')]), 'x')
    await after(0)
    expect(await after(5000)).toEqual([])
    expect(inbox.strangers).toEqual(['B\uFFFDcher.xml'])
  },
)

it('takes a thousand files in one look, the oldest first, then by name', async () => {
  await using folder = await temporaryFolder()
  const { after } = inboxOf(folder.path)
  const names = Array.from({ length: 1000 }, (_, index) => `${String(index).padStart(4, '0')}.xml`)
  await Promise.all(names.map((name) => writeFile(join(folder.path, name), name)))
  for (const [index, name] of names.entries())
    await utimes(join(folder.path, name), 1000 - (index % 2), 1000 - (index % 2))
  await after(0)
  const odd = names.filter((_, index) => index % 2 === 1)
  const even = names.filter((_, index) => index % 2 === 0)
  expect(await after(1000)).toEqual([...odd, ...even])
})

it('makes the folder when it is not there, and says so when it cannot', async () => {
  await using folder = await temporaryFolder()
  expect(await inboxOf(join(folder.path, 'in', 'box')).after(0)).toEqual([])
  await writeFile(join(folder.path, 'file'), 'x')
  await expect(inboxOf(join(folder.path, 'file')).after(0)).rejects.toMatchObject({ code: 'PRV_ENDPOINTS_FILE_FAILED' })
})
