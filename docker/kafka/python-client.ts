import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const requirements = fileURLToPath(new URL('python-requirements.txt', import.meta.url))
const cache = fileURLToPath(new URL('../../.cache/kafka-python', import.meta.url))

/** The Python that has the client of `python-requirements.txt`; there is none before `setUpPythonClient` has made it. */
export function pythonWithClient(): string {
  return join(place(), 'bin', 'python')
}

/** Makes a virtual environment in the cache, unless it is there. Rejects with what Python or pip said. */
export async function setUpPythonClient(): Promise<void> {
  if (existsSync(pythonWithClient())) return
  await mkdir(cache, { recursive: true })
  // A virtual environment knows its own path: it is made where it stays, and is found when it is whole.
  const made = join(cache, `made-${randomUUID()}`)
  try {
    await run('python3', ['-m', 'venv', made])
    const words = ['--quiet', '--disable-pip-version-check', '--require-hashes', '--only-binary=:all:']
    await run(join(made, 'bin', 'python'), ['-m', 'pip', 'install', ...words, '--requirement', requirements])
    const link = `${made}.link`
    await symlink(made, link)
    await rename(link, place())
  } catch (error) {
    await rm(made, { recursive: true, force: true })
    throw error
  }
}

/** Another pin has another place. */
function place(): string {
  return join(cache, createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 16))
}
