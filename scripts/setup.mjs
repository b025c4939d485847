// Installs what the lockfile says, with the pinned pnpm, when that has not been done yet. Runs on any Node from 20 on.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { oldestNode, pinnedNode, root } from './pinned-node.mjs'

const packageManager = 'pnpm@12.21.0'
const stamp = join(root, 'node_modules', '.portreeve-setup')

/** True when something had to be installed. `update`: what the package.json files ask for, written into the lockfile. */
export function setUp({ quiet = false, update = false } = {}) {
  if (!update && existsSync(stamp) && readFileSync(stamp, 'utf8') === wantedNow()) return false
  const began = Date.now()
  console.error(`Setting up Portreeve: packages and Node 24 (about a minute the first time) …`)
  const run = spawnSync(
    'npx',
    [
      '--yes',
      packageManager,
      'install',
      update ? '--no-frozen-lockfile' : '--frozen-lockfile',
      `--config.node-version=${oldestNode}`,
      ...(quiet ? ['--silent'] : []),
    ],
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
  writeFileSync(stamp, wantedNow())
  console.error(`Set-up done in ${Math.round((Date.now() - began) / 1000)} s.\n`)
  return true
}

function wantedNow() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    setUp({ quiet: process.argv.includes('--quiet'), update: process.argv.includes('--update') })
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}
