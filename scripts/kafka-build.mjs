import { join } from 'node:path'
import { root } from './pinned-node.mjs'
import { runPinned } from './run-pinned.mjs'

runPinned(join(root, 'scripts/kafka-build.ts'), process.argv.slice(2))
