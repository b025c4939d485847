// Sets up, then hands over to the pinned Node with the terminal as it is. Runs on any Node from 20 on.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pinnedNode, root } from './pinned-node.mjs'
import { setUp } from './setup.mjs'

/** Ends this process with the exit code of `file`. Ctrl-C reaches the child by itself; SIGTERM is passed on. */
export function runPinned(file, args) {
  let node
  try {
    setUp()
    node = pinnedNode()
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', file, ...args], {
    stdio: 'inherit',
    // What was compiled once need not be compiled by every worker thread and every process again.
    env: { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'), ...process.env, PORTREEVE_ROOT: root },
  })
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
}
