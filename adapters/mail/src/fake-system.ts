import { mkdtemp, rm } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { type Arrived, Mailbox } from './fake-system/mailbox.ts'

/**
 * - `well`: takes what it should.
 * - `silent`: accepts connections and says nothing.
 * - `refuses the login`: 535.
 * - `busy`: 421 to each connection. `slow down`: 451 to each e-mail when it has wholly come.
 * - `cut after DATA`: takes the e-mail and cuts the connection without a word. `cut before it is kept`: takes nothing then.
 */
export type MailBehaviour =
  | 'well'
  | 'silent'
  | 'refuses the login'
  | 'busy'
  | 'slow down'
  | 'cut after DATA'
  | 'cut before it is kept'

export interface FakeSystemOptions {
  /** Where the `.eml` files are kept, over restarts. Default: a folder of its own that goes with it. */
  readonly mailboxFolder?: string
  /** Default: any that is free. */
  readonly port?: number
  /** The one login that it takes. Default: none is asked for. */
  readonly login?: { readonly user: string; readonly password: string }
  /** A certificate and its key, in PEM; `tls`: from the first byte. Default: no TLS. */
  readonly certificate?: { readonly cert: string; readonly key: string; readonly tls: boolean }
}

/**
 * A mail server on the loopback interface with one mailbox for everybody, which a person can open file by file. Addresses that
 * begin with `gone` are refused (550), those that begin with `full` not taken for now (452).
 */
export interface FakeSystem {
  readonly smtpHost: string
  readonly smtpPort: number
  readonly mailboxFolder: string
  /** All that was taken, in its order. */
  mailbox(): Promise<readonly Arrived[]>
  behave(how: MailBehaviour): void
  /** Connections made so far. */
  connections(): number
  goDown(): Promise<void>
  /** At the same port again. */
  comeBack(): Promise<void>
  close(): Promise<void>
}

export async function startFakeSystem(options: FakeSystemOptions = {}): Promise<FakeSystem> {
  const { mailboxFolder = await mkdtemp(join(tmpdir(), 'mail-')) } = options
  const mailbox = await Mailbox.open(mailboxFolder)
  const sockets = new Set<Socket>()
  let how: MailBehaviour = 'well'
  let server: SMTPServer | null = null
  let connections = 0
  const cut = () => sockets.forEach((socket) => void socket.destroy())

  async function listen(wanted: number): Promise<number> {
    const created = new SMTPServer(serverOptions(options, mailbox, () => how, cut))
    // A connection that breaks is the caller's to notice.
    created.on('error', () => undefined)
    created.server.on('connection', (socket: Socket) => {
      connections++
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    })
    const listening = Promise.withResolvers<void>()
    created.server.once('error', listening.reject)
    created.listen(wanted, '127.0.0.1', listening.resolve)
    await listening.promise
    server = created
    const address = created.server.address()
    return typeof address === 'object' && address !== null ? address.port : wanted
  }

  async function goDown(): Promise<void> {
    const running = server
    server = null
    cut()
    if (running) await new Promise<void>((resolve) => running.close(() => resolve()))
  }

  const smtpPort = await listen(options.port ?? 0)
  return {
    smtpHost: '127.0.0.1',
    smtpPort,
    mailboxFolder,
    mailbox: () => mailbox.all(),
    behave(next) {
      how = next
    },
    connections: () => connections,
    goDown,
    async comeBack() {
      await listen(smtpPort)
    },
    async close() {
      await goDown()
      if (options.mailboxFolder === undefined) await rm(mailboxFolder, { recursive: true, force: true })
    },
  }
}

function serverOptions(
  { login, certificate }: FakeSystemOptions,
  mailbox: Mailbox,
  how: () => MailBehaviour,
  cut: () => void,
): SMTPServerOptions {
  const { tls = false, ...pem } = certificate ?? {}
  return {
    banner: 'stand-in',
    logger: false,
    disableReverseLookup: true,
    closeTimeout: 100,
    hideENHANCEDSTATUSCODES: false,
    secure: tls,
    ...pem,
    disabledCommands: [...(certificate ? [] : ['STARTTLS']), ...(login ? [] : ['AUTH'])],
    authOptional: login === undefined,
    allowInsecureAuth: true,
    onConnect(_session, done) {
      if (how() === 'silent') return
      done(how() === 'busy' ? reply(421, 'Too many connections') : null)
    },
    onAuth({ username, password }, _session, done) {
      const known = how() !== 'refuses the login' && username === login?.user && password === login?.password
      if (known) done(null, { user: username })
      else done(reply(535, 'Authentication failed'))
    },
    onRcptTo({ address }, _session, done) {
      if (address.startsWith('gone')) done(reply(550, `<${address}>: no such mailbox`))
      else done(address.startsWith('full') ? reply(452, `<${address}>: mailbox full`) : null)
    },
    onData(stream, { envelope }, done) {
      const take = async () => {
        const bytes = await buffer(stream)
        if (how() === 'slow down') return done(reply(451, 'Try again later'))
        if (how() === 'cut before it is kept') return cut()
        const number = await mailbox.keep(envelope.rcptTo.map(({ address }) => address).join(' '), bytes)
        if (how() === 'cut after DATA') cut()
        else done(null, `queued as ${number}`)
      }
      take().catch((fault: Error) => done(fault))
    },
  }
}

function reply(responseCode: number, words: string): Error {
  return Object.assign(new TypeError(words), { responseCode })
}
