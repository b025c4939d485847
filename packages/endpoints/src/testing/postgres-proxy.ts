import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/**
 * What stands between a client and its server can do to them. `cut before COMMIT`: the server never hears of it and undoes
 * everything. `cut after COMMIT`: the server keeps everything, and the client never hears of it.
 */
export type ProxyBehaviour = 'well' | 'silent' | 'cut before COMMIT' | 'cut after COMMIT' | { readonly slowMs: number }

/** A way to a PostgreSQL server, without TLS, that can be broken. */
export interface PostgresProxy {
  readonly port: number
  /** From now on, of connections that stand already too. */
  behave(how: ProxyBehaviour): void
  /** Cuts all connections; new ones are refused until `up`. */
  down(): Promise<void>
  up(): Promise<void>
}

/** `COMMIT` as a simple query, and as the tag of a finished command. Source: PostgreSQL 18, 54.7 Message Formats. */
const commitAsked = Buffer.from('Q\0\0\0\x0bCOMMIT\0', 'latin1')
const commitDone = Buffer.from('C\0\0\0\x0bCOMMIT\0', 'latin1')

export async function startPostgresProxy(server: { host: string; port: number }): Promise<PostgresProxy> {
  let behaviour: ProxyBehaviour = 'well'
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    return socket
  }
  const listener = createServer((client) => {
    const upstream = keep(connect(server.port, server.host))
    keep(client)
    const cut = () => {
      client.destroy()
      upstream.destroy()
    }
    client.on('close', cut)
    upstream.on('close', cut)
    const pass = (to: Socket, chunk: Buffer) => {
      if (behaviour === 'silent') return
      if (typeof behaviour === 'object') setTimeout(() => to.write(chunk), behaviour.slowMs)
      else to.write(chunk)
    }
    client.on('data', (chunk) =>
      behaviour === 'cut before COMMIT' && chunk.includes(commitAsked) ? cut() : pass(upstream, chunk),
    )
    upstream.on('data', (chunk) =>
      behaviour === 'cut after COMMIT' && chunk.includes(commitDone) ? cut() : pass(client, chunk),
    )
  })
  const listen = async (port: number) => {
    listener.listen(port, '127.0.0.1')
    await once(listener, 'listening')
  }
  await listen(0)
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  const { port } = address
  return {
    port,
    behave(how) {
      behaviour = how
    },
    async down() {
      if (!listener.listening) return
      const closed = once(listener, 'close')
      listener.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
    up: () => listen(port),
  }
}
