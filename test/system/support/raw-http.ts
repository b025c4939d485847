import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface RawAnswer {
  readonly status: number
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A connection on which anything may be said. */
export async function connectTo(baseUrl: string, { allowHalfOpen = false } = {}): Promise<Socket> {
  const { hostname, port } = new URL(baseUrl)
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen })
  socket.on('error', () => {
    // That the other side hangs up is what these tests are about.
  })
  await once(socket, 'connect')
  return socket
}

/** Everything that comes back until the connection ends. */
export async function allOf(socket: Socket): Promise<readonly RawAnswer[]> {
  let text = ''
  socket.setEncoding('latin1').on('data', (data: string) => {
    text += data
  })
  if (!socket.destroyed) await once(socket, 'close')
  return answersIn(text)
}

/** Says it and hears what comes back until the connection ends. */
export async function say(baseUrl: string, ...parts: readonly (string | Uint8Array)[]): Promise<readonly RawAnswer[]> {
  const socket = await connectTo(baseUrl)
  for (const part of parts) socket.write(part)
  return allOf(socket)
}

function answersIn(text: string): readonly RawAnswer[] {
  const answers: RawAnswer[] = []
  let rest = text
  while (rest !== '') {
    const [head = '', ...after] = rest.split('\r\n\r\n')
    const [first = '', ...lines] = head.split('\r\n')
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    )
    const all = after.join('\r\n\r\n')
    const length = Number(headers['content-length'] ?? 0)
    answers.push({ status: Number(first.split(' ')[1]), headers, body: all.slice(0, length) })
    rest = all.slice(length)
  }
  return answers
}
