import type { Server } from 'node:http'
import { isIPv6 } from 'node:net'
import { PortreeveError } from '@portreeve/errors'

/** Resolves to where it listens, such as `http://127.0.0.1:8080`. Rejects with `PRV_GATEWAY_LISTEN`. */
export async function listenAt(
  server: Server,
  { listen: host, port }: { readonly listen: string; readonly port: number },
): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const fault = cause.code ?? 'unknown'
      reject(new PortreeveError('PRV_GATEWAY_LISTEN', { listen: host, port, fault }, { cause }))
    })
    server.listen(port, host, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('a server that listens has an address')
  return `http://${isIPv6(host) ? `[${host}]` : host}:${address.port}`
}
