import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { open, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'

/** A disk of a few megabytes, in memory. */
export interface SmallDisk {
  readonly folder: string
  /** Writes ballast until so much is left. Default nothing. */
  fill(leaveBytes?: number): Promise<void>
  /** Takes the ballast away. */
  free(): Promise<void>
}

/** Only Linux has disks in memory, and not every user may mount one. */
export function canMountDisk(): boolean {
  if (process.platform !== 'linux') return false
  try {
    unmount(mount(1))
    return true
  } catch {
    return false
  }
}

/** Small disks for the tests of a file, gone after each test. To be called before `boroughs`, so that it cleans up after it. */
export function smallDisks(): (megabytes: number) => SmallDisk {
  const mounted: string[] = []
  afterEach(() => {
    for (const folder of mounted.splice(0)) unmount(folder)
  })
  return (megabytes) => {
    const folder = mount(megabytes)
    mounted.push(folder)
    const ballast = join(folder, '.ballast')
    return {
      folder,
      async fill(leaveBytes = 0) {
        const { bavail, bsize } = await statfs(folder)
        await using handle = await open(ballast, 'w')
        await handle.write(Buffer.alloc(Math.max(0, bavail * bsize - leaveBytes)))
      },
      free: () => rm(ballast, { force: true }),
    }
  }
}

function mount(megabytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'portreeve-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch (error) {
    rmdirSync(folder)
    throw error
  }
  return folder
}

function unmount(folder: string): void {
  execFileSync('umount', ['-l', folder], { stdio: 'ignore' })
  rmdirSync(folder)
}
