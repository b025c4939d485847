import { createServer, type Socket } from 'node:net'
import { createServer as createTlsServer, TLSSocket } from 'node:tls'

/** What the server says to each line; `null`: nothing. Its text arrives as the line `<text>`. */
export type MailScript = (line: string, socket: Socket) => string | null

export interface ScriptedMailServer extends AsyncDisposable {
  readonly port: number
  /** What it was told, texts as `<text>`. */
  readonly lines: readonly string[]
}

export interface MailServerTls {
  readonly certificate: { readonly cert: string; readonly key: string }
  readonly from: 'the first byte' | 'STARTTLS'
}

/** A mail server that says what a test tells it to. Without an answer of the script's it behaves well. */
export async function scriptedMailServer(
  script: MailScript = () => '',
  tls?: MailServerTls,
): Promise<ScriptedMailServer> {
  const lines: string[] = []
  const sockets = new Set<Socket>()
  const begin = (socket: Socket) => {
    sockets.add(socket)
    const { hear, take } = conversation(socket, { script, lines, ...(tls?.from === 'STARTTLS' && tls) })
    socket.on('data', hear)
    take('<connected>')
  }
  const server = tls?.from === 'the first byte' ? createTlsServer(tls.certificate, begin) : createServer(begin)
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    lines,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

interface Conversation {
  readonly script: MailScript
  readonly lines: string[]
  /** Offers STARTTLS with it. */
  readonly certificate?: MailServerTls['certificate']
}

function conversation(socket: Socket, { script, lines, certificate }: Conversation) {
  let [buffered, inText] = ['', false]
  socket.on('error', () => undefined)

  function take(line: string): void {
    lines.push(line)
    const told = script(line, socket)
    if (told === null || socket.destroyed) return
    if (line === 'STARTTLS' && certificate) {
      upgrade(certificate)
      return
    }
    const answer = told === '' ? usual(line, certificate !== undefined) : told
    inText = line === 'DATA' && answer.startsWith('3')
    socket.write(`${answer}\r\n`)
  }

  function upgrade(offered: MailServerTls['certificate']): void {
    socket.removeAllListeners('data')
    socket.write('220 2.0.0 go on\r\n')
    const secured = new TLSSocket(socket, { isServer: true, ...offered })
    secured.on('data', conversation(secured, { script, lines }).hear)
  }

  function hear(chunk: Buffer): void {
    buffered += chunk.toString('latin1')
    for (let end = ending(); buffered.includes(end); end = ending()) {
      const line = inText ? '<text>' : buffered.slice(0, buffered.indexOf(end))
      buffered = buffered.slice(buffered.indexOf(end) + end.length)
      inText = false
      take(line)
    }
  }

  const ending = () => (inText ? '\r\n.\r\n' : '\r\n')
  return { hear, take }
}

function usual(line: string, offersTls: boolean): string {
  if (line === '<connected>') return '220 scripted'
  if (line.startsWith('EHLO')) return offersTls ? '250-scripted\r\n250 STARTTLS' : '250 scripted'
  if (line === 'DATA') return '354 go on'
  if (line === 'STARTTLS') return '502 5.5.1 no such command'
  if (line === 'QUIT') return '221 good-bye'
  return line === '<text>' ? '250 2.0.0 queued as 7' : '250 OK'
}
