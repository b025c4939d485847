import { once } from 'node:events'
import { connect } from 'node:net'

const metadata = 3
const version = 4

/**
 * The ids of the brokers that the one at this port of 127.0.0.1 knows to be alive, by Kafka's request Metadata (version 4).
 * Rejects when it gives no answer within the time.
 */
export async function livingBrokers(port: number, withinMs = 2000): Promise<readonly number[]> {
  const socket = connect({ port, host: '127.0.0.1', timeout: withinMs })
  socket.on('timeout', () => socket.destroy(new Error(`no answer at port ${port}`)))
  try {
    await once(socket, 'connect')
    socket.write(request())
    const parts: Buffer[] = []
    for await (const part of socket) {
      parts.push(part)
      const all = Buffer.concat(parts)
      if (all.length >= 4 && all.length >= 4 + all.readInt32BE(0)) return idsIn(all)
    }
    throw new Error(`the connection to port ${port} was closed without an answer`)
  } finally {
    socket.destroy()
  }
}

/** Size; api key, version, correlation id, no client id; no topics, none to be created. */
function request(): Buffer {
  const body = Buffer.alloc(15)
  body.writeInt16BE(metadata, 0)
  body.writeInt16BE(version, 2)
  body.writeInt32BE(1, 4)
  body.writeInt16BE(-1, 8)
  body.writeInt32BE(0, 10)
  const size = Buffer.alloc(4)
  size.writeInt32BE(body.length)
  return Buffer.concat([size, body])
}

/** After size, correlation id and throttle time: a list of id, host, port and rack. */
function idsIn(answer: Buffer): readonly number[] {
  const ids: number[] = []
  let at = 16
  for (let left = answer.readInt32BE(12); left > 0; left--) {
    ids.push(answer.readInt32BE(at))
    const rack = at + 4 + 2 + answer.readInt16BE(at + 4) + 4
    at = rack + 2 + Math.max(0, answer.readInt16BE(rack))
  }
  return ids
}
