import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** How a revenues system puts a file into the inbox. */
export type Drop = 'renamed' | 'at once'

/**
 * A stand-in of a revenues system: a folder that it exports to, in the good way and in the bad ones, and from which it reads the
 * answers. Its files hold whatever it is given: nobody reads them here.
 */
export interface FakeSystem {
  readonly inboxFolder: string
  readonly answersFolder: string
  /** `renamed`: written under a temporary name first. `at once`: under its own name. */
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

export async function startFakeSystem(): Promise<FakeSystem> {
  const root = await mkdtemp(join(tmpdir(), 'revenues-'))
  const [inboxFolder, answersFolder] = [join(root, 'inbox'), join(root, 'answers')]
  await mkdir(inboxFolder)
  return {
    inboxFolder,
    answersFolder,
    async drop(name, text, how = 'renamed') {
      const path = join(inboxFolder, name)
      if (how === 'at once') await writeFile(path, text)
      else {
        await writeFile(join(inboxFolder, `.${name}.part`), text)
        await rename(join(inboxFolder, `.${name}.part`), path)
      }
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
