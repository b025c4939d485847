import { type Mail, type SmtpAnswer, type SmtpServer, SmtpSession } from '@portreeve/endpoints'

/** The way to the mail server for one batch: one connection, opened when it is first needed and again when it has ended. */
export class Post implements AsyncDisposable {
  readonly #server: SmtpServer
  #session: SmtpSession | null = null

  constructor(server: SmtpServer) {
    this.#server = server
  }

  /** Rejects as `SmtpSession` does. */
  async send(mail: Mail, signal: AbortSignal): Promise<SmtpAnswer> {
    if (!this.#session?.isOpen) this.#session = await SmtpSession.open(this.#server, signal)
    return await this.#session.send(mail, signal)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session?.[Symbol.asyncDispose]()
  }
}
