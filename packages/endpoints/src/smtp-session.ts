import { Readable } from 'node:stream'
import { PortreeveError } from '@portreeve/errors'
import SmtpConnection from 'nodemailer/lib/smtp-connection'
import { addressOf } from './smtp-address.ts'
import { fromSmtpFault, refusalOf, type SmtpFault, type SmtpRefusal, shownReply } from './smtp-faults.ts'
import { type Mail, writeMail } from './smtp-mail.ts'

export interface SmtpServer {
  readonly host: string
  readonly port: number
  /** `starttls` and `tls` check the certificate, and send nothing without it. */
  readonly security: 'none' | 'starttls' | 'tls'
  readonly login?: { readonly user: string; readonly password: string }
  /** For connecting with all that belongs to it, and for each e-mail. */
  readonly timeoutMs: number
}

/** `taken`: the server answers for it from now on; `words` is its own word. */
export type SmtpAnswer = { readonly state: 'taken'; readonly words: string } | SmtpRefusal

/** How long the good-bye may take: whatever was taken stays taken. */
const goodByeMs = 1000

/** One connection to a mail server, for one e-mail after the other. Dispose of it: that says good-bye. */
export class SmtpSession implements AsyncDisposable {
  readonly #connection: SmtpConnection
  readonly #place: string
  readonly #timeoutMs: number
  /** Told when the connection breaks or ends, whoever ended it. */
  #onEnd: (fault: SmtpFault) => void = () => undefined
  #ended: SmtpFault | null = null

  private constructor({ host, port, security, timeoutMs }: SmtpServer) {
    this.#place = `${host}:${port}`
    this.#timeoutMs = timeoutMs
    this.#connection = new SmtpConnection({
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      dnsTimeout: timeoutMs,
      socketCloseTimeout: 0,
      maxResponseSize: 65_536,
    })
    const ended = (fault: SmtpFault) => {
      this.#ended ??= fault
      this.#onEnd(fault)
    }
    this.#connection.on('error', ended)
    this.#connection.on('end', () => ended({ code: 'ECONNECTION' }))
  }

  /**
   * Connected, protected and logged in. Rejects with `PRV_ENDPOINTS_SMTP_UNREACHABLE`, `…_TLS`, `…_LOGIN`, `…_NOT_ALLOWED`,
   * `…_BUSY`, `PRV_ENDPOINTS_STOPPED`.
   */
  static async open(server: SmtpServer, signal: AbortSignal): Promise<SmtpSession> {
    const session = new SmtpSession(server)
    const { login } = server
    const fault = await session.#run(signal, (done) => {
      session.#connection.connect((failed) => {
        if (failed || login === undefined) done(failed ?? null)
        else session.#connection.login({ user: login.user, pass: login.password }, (refused) => done(refused))
      })
    })
    if (fault === null) return session
    session.#connection.close()
    throw session.#errorOf(fault, false)
  }

  /** False once the connection has ended, whoever ended it. */
  get isOpen(): boolean {
    return this.#ended === null
  }

  /**
   * Hands one e-mail over. Rejects with `PRV_ENDPOINTS_SMTP_NO_ANSWER` when it may have been taken, with one of `open`'s when it
   * surely was not; the session is of no use then. Throws `TypeError` for a mail with a `mailFault`.
   */
  async send(mail: Mail, signal: AbortSignal): Promise<SmtpAnswer> {
    const bytes = await writeMail(mail)
    let mayHaveLeft = false
    const text = new Readable({
      read() {
        // The library reads once the server has said that the text may come: before that, nothing of it has left.
        mayHaveLeft = true
        this.push(bytes)
        this.push(null)
      },
    })
    const envelope = { from: addressOf(mail.from) ?? '', to: [mail.to], size: bytes.byteLength }
    let words = ''
    const fault = await this.#run(signal, (done) => {
      this.#connection.send(envelope, text, (failed, taken) => {
        if (failed === null) words = shownReply(taken.response)
        done(failed)
      })
    })
    if (fault === null) return { state: 'taken', words }
    const refusal = refusalOf(fault)
    if (refusal === null) throw this.#errorOf(fault, mayHaveLeft)
    // The next e-mail begins anew; whether it can, is seen then.
    await this.#run(signal, (done) => this.#connection.reset((failed) => done(failed)))
    return refusal
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#ended === null) await this.#run(AbortSignal.timeout(goodByeMs), () => this.#connection.quit())
    this.#connection.close()
  }

  /** Settles when the step is done, or the connection ends, or time is up, or the signal aborts: the connection is closed then. */
  async #run(signal: AbortSignal, step: (done: (fault: SmtpFault | null) => void) => void): Promise<SmtpFault | null> {
    if (signal.aborted) return stopped
    if (this.#ended !== null) return this.#ended
    const { promise, resolve } = Promise.withResolvers<SmtpFault | null>()
    const stop = () => resolve(stopped)
    const deadline = setTimeout(() => resolve({ code: 'ETIMEDOUT' }), this.#timeoutMs)
    signal.addEventListener('abort', stop, { once: true })
    this.#onEnd = resolve
    try {
      step(resolve)
      const fault = await promise
      if (fault === stopped || fault?.code === 'ETIMEDOUT') this.#connection.close()
      return fault
    } finally {
      clearTimeout(deadline)
      signal.removeEventListener('abort', stop)
      this.#onEnd = () => undefined
    }
  }

  #errorOf(fault: SmtpFault, mayHaveLeft: boolean): PortreeveError {
    if (fault === stopped && !mayHaveLeft) {
      return new PortreeveError('PRV_ENDPOINTS_STOPPED', { operation: `Handing an e-mail to ${this.#place}` })
    }
    return fromSmtpFault(fault, this.#place, mayHaveLeft)
  }
}

const stopped: SmtpFault = { code: 'stopped while waiting' }
