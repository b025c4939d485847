import { join } from 'node:path'
import { root } from './pinned-node.mjs'
import { runPinned } from './run-pinned.mjs'

const [command, ...words] = process.argv.slice(2)
runPinned(join(root, 'docker/kafka', `${command}.ts`), words)
