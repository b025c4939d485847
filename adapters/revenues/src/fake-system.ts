import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** How a revenues system puts a file into the inbox. */
export type Drop = 'renamed' | 'at once' | 'in pieces'

/**
 * A stand-in of a revenues system: a folder that it exports to, in the good way and in the bad ones, and from which it reads the
 * answers. Its files hold whatever it is given: nobody reads them here.
 */
export interface FakeSystem {
  readonly inboxFolder: string
  readonly answersFolder: string
  /** `renamed`: written under a temporary name first. `in pieces`: under its own name, slowly. */
  drop(name: string, text: string, how?: Drop): Promise<void>
  /** What lies in a subfolder of the inbox, by name; empty when there is none. */
  filed(subfolder: 'taken' | 'duplicate'): Promise<Readonly<Record<string, string>>>
  /** The answers, by name. */
  answers(): Promise<Readonly<Record<string, string>>>
  /** Puts a file where a folder should be: nothing can be taken, and no answer written. */
  breakFolders(): Promise<void>
  /** Names of all that lies in the folders. */
  listing(): Promise<string>
  close(): Promise<void>
}

export async function startFakeSystem({ pauseMs = 20 }: { pauseMs?: number } = {}): Promise<FakeSystem> {
  const root = await mkdtemp(join(tmpdir(), 'revenues-'))
  const [inboxFolder, answersFolder] = [join(root, 'inbox'), join(root, 'answers')]
  await mkdir(inboxFolder)
  return {
    inboxFolder,
    answersFolder,
    async drop(name, text, how = 'renamed') {
      const path = join(inboxFolder, name)
      if (how === 'at once') await writeFile(path, text)
      else if (how === 'renamed') {
        await writeFile(join(inboxFolder, `.${name}.part`), text)
        await rename(join(inboxFolder, `.${name}.part`), path)
      } else await writeSlowly(path, text, pauseMs)
    },
    filed: (subfolder) => textsIn(join(inboxFolder, subfolder)),
    answers: () => textsIn(answersFolder),
    async breakFolders() {
      for (const folder of [inboxFolder, answersFolder]) {
        await rm(folder, { recursive: true, force: true })
        await writeFile(folder, 'in the way')
      }
    },
    listing: async () => (await readdir(root, { recursive: true })).toSorted().join('\n'),
    close: () => rm(root, { recursive: true, force: true }),
  }
}

async function writeSlowly(path: string, text: string, pauseMs: number): Promise<void> {
  await using handle = await open(path, 'w')
  const piece = Math.ceil(text.length / 10)
  for (let from = 0; from < text.length; from += piece) {
    await handle.write(text.slice(from, from + piece))
    await sleep(pauseMs)
  }
}

async function textsIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(folder).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return []
    throw fault
  })
  const texts = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const),
  )
  return Object.fromEntries(texts)
}
