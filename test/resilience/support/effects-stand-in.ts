import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

/** A back office with a key: a name that it has seen is answered, but takes effect no second time. */
export class EffectsStandIn implements AsyncDisposable {
  /** What has taken effect, in that order. */
  readonly effects: string[] = []
  /** How often something came that had taken effect before. */
  repeats = 0
  readonly #seen = new Set<string>()
  readonly #connections = new Set<Socket>()
  readonly #server = createServer((connection) => this.#serve(connection))

  /** Listens at this path. */
  async listen(socket: string): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(socket, resolve))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const connection of this.#connections) connection.destroy()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  #serve(connection: Socket): void {
    this.#connections.add(connection)
    connection.on('close', () => this.#connections.delete(connection))
    const clientWasKilled = () => undefined
    connection.on('error', clientWasKilled)
    const lines = createInterface({ input: connection })
    lines.on('error', clientWasKilled)
    lines.on('line', (name) => {
      if (this.#seen.has(name)) this.repeats++
      else this.effects.push(name)
      this.#seen.add(name)
      connection.write('taken\n')
    })
  }
}
