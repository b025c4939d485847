import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { SeededRandom } from '../../support/seeded-random.ts'
import type { SystemCall } from './system-call.ts'
import { TracedDisk } from './traced-disk.ts'

const made: string[] = []
afterEach(() => Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true, force: true }))))

function does(disk: TracedDisk, name: string, args: string, result: number, ...texts: (string | Buffer)[]): void {
  const call: SystemCall = { name, args, texts: texts.map((text) => Buffer.from(text)), result }
  disk.step({ what: 'begins', call })
  disk.step({ what: 'ends', call })
}

const creates = (disk: TracedDisk, fd: number, path: string) =>
  does(disk, 'openat', 'AT_FDCWD</>, "", O_WRONLY|O_CREAT, 0644', fd, path)
const opens = (disk: TracedDisk, fd: number, path: string) =>
  does(disk, 'openat', 'AT_FDCWD</>, "", O_RDONLY', fd, path)
const writes = (disk: TracedDisk, fd: number, offset: number, bytes: string | Buffer) =>
  does(disk, 'pwrite64', `${fd}<x>, "", ${bytes.length}, ${offset}`, bytes.length, bytes)
const flushes = (disk: TracedDisk, fd: number) => does(disk, 'fsync', `${fd}<x>`, 0)

/** What 60 cuts leave: the folder's names, and the content of `/disk/file`. */
async function outcomes(disk: TracedDisk): Promise<{ names: Set<string>; contents: Set<string | undefined> }> {
  const names = new Set<string>()
  const contents = new Set<string | undefined>()
  for (let cut = 0; cut < 60; cut++) {
    const folder = await mkdtemp(join(tmpdir(), 'portreeve-disk-'))
    made.push(folder)
    disk.cut(new SeededRandom(cut), folder)
    names.add((await readdir(folder)).sort().join())
    contents.add(await readFile(join(folder, 'file'), 'latin1').catch(() => undefined))
  }
  return { names, contents }
}

function diskWithFlushedFile(content: string): TracedDisk {
  const disk = new TracedDisk('/disk')
  creates(disk, 3, '/disk/file')
  writes(disk, 3, 0, content)
  flushes(disk, 3)
  opens(disk, 4, '/disk')
  flushes(disk, 4)
  return disk
}

describe('the disk of the power cuts', () => {
  it('keeps what was flushed, its name with it, and keeps or loses each later write by itself', async () => {
    const disk = diskWithFlushedFile('aaaa')
    expect(await outcomes(disk)).toEqual({ names: new Set(['file']), contents: new Set(['aaaa']) })
    writes(disk, 3, 0, 'b')
    writes(disk, 3, 3, 'cd')
    expect((await outcomes(disk)).contents).toEqual(new Set(['aaaa', 'baaa', 'aaacd', 'baacd']))
  })

  it('takes a write that the kernel ended early for the last one of a program that was killed, and for nothing else', async () => {
    const cut = (disk: TracedDisk) => does(disk, 'pwrite64', '3<x>, "", 4, 4', 1, 'bbbb')
    const killed = diskWithFlushedFile('aaaa')
    cut(killed)
    const left = await mkdtemp(join(tmpdir(), 'portreeve-disk-'))
    made.push(left)
    await writeFile(join(left, 'file'), 'aaaab')
    killed.programEnded(left)
    expect((await outcomes(killed)).contents).toEqual(new Set(['aaaa', 'aaaab']))
    const alive = diskWithFlushedFile('aaaa')
    cut(alive)
    expect(() => writes(alive, 3, 5, 'b')).toThrow('not all was written: pwrite64(3<x>, "", 4, 4) = 1')
  })

  it('may lose a flushed file whose folder was not flushed', async () => {
    const disk = new TracedDisk('/disk')
    creates(disk, 3, '/disk/file')
    writes(disk, 3, 0, 'aaaa')
    flushes(disk, 3)
    expect((await outcomes(disk)).contents).toEqual(new Set(['aaaa', undefined]))
  })

  it('may keep the name of a file and lose what was to stand in it', async () => {
    const disk = diskWithFlushedFile('aaaa')
    creates(disk, 5, '/disk/new')
    writes(disk, 5, 0, 'bbbb')
    does(disk, 'rename', '"", ""', 0, '/disk/new', '/disk/file')
    const { names, contents } = await outcomes(disk)
    expect(contents).toEqual(new Set(['aaaa', '', 'bbbb']))
    expect(names).toEqual(new Set(['file', 'file,new']))
  })

  it('tears a long write at the sectors of the disk', async () => {
    const disk = diskWithFlushedFile('')
    writes(disk, 3, 256, Buffer.alloc(1024, 'b'))
    const torn = [...(await outcomes(disk)).contents].map((content = '') => content.padEnd(1280, '\0'))
    const parts = (content: string) => [content.slice(256, 512), content.slice(512, 1024), content.slice(1024)]
    expect(torn.flatMap(parts).every((part) => new Set(part).size === 1)).toBe(true)
    expect(torn.filter((content) => new Set(content.slice(256)).size > 1).length).toBeGreaterThan(2)
  })

  it('does not count a write that was still under way when the flush began', async () => {
    const disk = diskWithFlushedFile('aaaa')
    const write: SystemCall = { name: 'pwrite64', args: '3<x>, "", 4, 0', texts: [Buffer.from('bbbb')], result: 4 }
    disk.step({ what: 'begins', call: write })
    flushes(disk, 3)
    disk.step({ what: 'ends', call: write })
    expect((await outcomes(disk)).contents).toEqual(new Set(['aaaa', 'bbbb']))
  })

  it.each([
    ['shared memory that is written to', 'mmap', 'NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 3<x>, 0', []],
    ['a second descriptor', 'dup', '3<x>', []],
    ['a hard link', 'link', '"", ""', ['/disk/file', '/disk/other']],
    ['a copy within the kernel', 'copy_file_range', '9<y>, NULL, 3<x>, NULL, 10, 0', []],
  ])('refuses what it cannot follow: %s', (_, name, args, texts) => {
    const disk = diskWithFlushedFile('aaaa')
    expect(() => does(disk, name, args, 7, ...texts)).toThrow('the model knows no')
  })
})
