import { createServer, type Socket } from 'node:net'

/** What the server says to each line; `null`: nothing. Its text arrives as the line `<text>`. */
export type MailScript = (line: string, socket: Socket) => string | null

export interface ScriptedMailServer extends AsyncDisposable {
  readonly port: number
  /** What it was told, texts as `<text>`. */
  readonly lines: readonly string[]
}

/** A mail server that says what a test tells it to. Without an answer of the script's it behaves well. */
export async function scriptedMailServer(script: MailScript = () => ''): Promise<ScriptedMailServer> {
  const lines: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    let [buffered, inText] = ['', false]
    const take = (line: string) => {
      lines.push(line)
      const told = script(line, socket)
      if (told === null || socket.destroyed) return
      const answer = told === '' ? usual(line) : told
      inText = line === 'DATA' && answer.startsWith('3')
      socket.write(`${answer}\r\n`)
    }
    const cut = (end: string) => {
      const [before, ...rest] = buffered.split(end)
      if (rest.length === 0 || before === undefined) return null
      buffered = rest.join(end)
      return before
    }
    socket.on('data', (chunk) => {
      buffered += chunk.toString('latin1')
      for (let part = cut(inText ? '\r\n.\r\n' : '\r\n'); part !== null; part = cut(inText ? '\r\n.\r\n' : '\r\n')) {
        const ofText = inText
        inText = false
        take(ofText ? '<text>' : part)
      }
    })
    take('<connected>')
  })
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

function usual(line: string): string {
  if (line === '<connected>') return '220 scripted'
  if (line.startsWith('EHLO')) return '250 scripted'
  if (line === 'DATA') return '354 go on'
  if (line === 'STARTTLS') return '502 5.5.1 no such command'
  if (line === 'QUIT') return '221 good-bye'
  return line === '<text>' ? '250 2.0.0 queued as 7' : '250 OK'
}
