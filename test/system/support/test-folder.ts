import { accessSync, constants } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A new folder, on a disk in memory where there is one: these tests are about what is said and done, not about power
 * cuts, and flushing costs nothing there.
 */
export function testFolder(): Promise<string> {
  return mkdtemp(join(fastest(), 'portreeve-borough-'))
}

function fastest(): string {
  try {
    accessSync('/dev/shm', constants.W_OK)
    return '/dev/shm'
  } catch {
    return tmpdir()
  }
}
