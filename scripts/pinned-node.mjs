// Runs on any Node from 20 on, before anything is installed: plain JavaScript, no dependency.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

const oldestMinor = 15

/** What packages are asked to run on, whichever Node the install runs on. */
export const oldestNode = `24.${oldestMinor}.0`

/** The Node that came with the install; where none is published for the platform, this one, if it is new enough. */
export function pinnedNode() {
  const binary = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node')
  if (existsSync(binary)) return binary
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 24 || (major === 24 && minor >= oldestMinor)) return process.execPath
  throw new Error(
    `Portreeve needs Node 24.${oldestMinor} or later. No package brings it for ${process.platform}-${process.arch}: ` +
      `install it and run the command again (this is Node ${process.versions.node}).`,
  )
}
