import { join } from 'node:path'
import { root } from './pinned-node.mjs'
import { runPinned } from './run-pinned.mjs'

runPinned(join(root, 'packages/cli/src/main.ts'), ['borough', ...process.argv.slice(2)])
