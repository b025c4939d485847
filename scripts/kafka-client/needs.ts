import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

const onDebian = 'apt-get install g++ make python3 libssl-dev zlib1g-dev libzstd-dev'

/** Where this Node keeps its C++ headers: in `include/node` of this folder. */
export const nodeFolder = dirname(dirname(process.execPath))

/** What keeps the client from being built on this machine, with what helps; `null` when nothing does. */
export function whyNotHere(): string | null {
  if (process.platform !== 'linux') {
    return `The Kafka client is built on Linux only, this is ${process.platform}. Run Portreeve in a container or on a Linux host.`
  }
  const missing = ['g++', 'make', 'python3', 'bash'].filter((tool) => !answers(tool))
  if (!missing.includes('g++') && !hasHeader('openssl/ssl.h')) missing.push('the headers of OpenSSL')
  if (missing.length > 0) {
    return `The Kafka client cannot be built for lack of ${missing.join(', ')}. Debian and Ubuntu: ${onDebian}`
  }
  if (existsSync(join(nodeFolder, 'include/node/node.h'))) return null
  return `The Kafka client cannot be built: this Node came without its C++ headers (${join(nodeFolder, 'include/node')}).`
}

function answers(tool: string): boolean {
  return spawnSync(tool, ['--version'], { stdio: 'ignore' }).status === 0
}

function hasHeader(name: string): boolean {
  const input = `#include <${name}>\n`
  return spawnSync('g++', ['-E', '-x', 'c++', '-'], { input, stdio: ['pipe', 'ignore', 'ignore'] }).status === 0
}
