import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * So many ports on 127.0.0.1 that nobody listens on. Below those that a system gives to outgoing connections: a broker that is
 * killed and started again finds its own free.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const found = new Set<number>()
  while (found.size < count) {
    const port = randomInt(15_000, 32_000)
    if (await isFree(port)) found.add(port)
  }
  return [...found]
}

export async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}
