// Installs what the lockfile says, with the pinned pnpm, when that has not been done yet. Runs on any Node from 20 on.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pinnedNode, root } from './pinned-node.mjs'

const packageManager = 'pnpm@12.21.0'
const stamp = join(root, 'node_modules', '.portreeve-setup')

/** True when something had to be installed. */
export function setUp({ quiet = false } = {}) {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false
  const began = Date.now()
  console.error(`Setting up Portreeve: packages and Node 24 (about a minute the first time) …`)
  const run = spawnSync(
    'npx',
    ['--yes', packageManager, 'install', '--frozen-lockfile', ...(quiet ? ['--silent'] : [])],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    },
  )
  if (run.error) throw run.error
  if (run.status !== 0) {
    throw new Error(
      `The install did not work (${packageManager} ended with ${run.status}). See above; is the npm registry reachable?`,
    )
  }
  pinnedNode()
  writeFileSync(stamp, wanted)
  console.error(`Set-up done in ${Math.round((Date.now() - began) / 1000)} s.\n`)
  return true
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    setUp({ quiet: process.argv.includes('--quiet') })
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}
