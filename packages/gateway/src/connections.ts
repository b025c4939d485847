import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** Which connections have requests in hand, so that a stop waits for those and for no others. */
export class Connections {
  readonly #inHand = new Map<Socket, number>()
  #isClosing = false

  constructor(server: Server) {
    server.on('connection', (socket) => {
      this.#inHand.set(socket, 0)
      socket.once('close', () => this.#inHand.delete(socket))
    })
    server.on('request', ({ socket }, response) => {
      this.#add(socket, 1)
      response.once('close', () => {
        this.#add(socket, -1)
        if (this.#isClosing) this.#endIfIdle(socket)
      })
    })
  }

  /** Ends those that have nothing in hand, now and as soon as they have nothing any more. */
  close(): void {
    this.#isClosing = true
    for (const socket of [...this.#inHand.keys()]) this.#endIfIdle(socket)
  }

  #add(socket: Socket, more: number): void {
    const inHand = this.#inHand.get(socket)
    if (inHand !== undefined) this.#inHand.set(socket, inHand + more)
  }

  #endIfIdle(socket: Socket): void {
    if (this.#inHand.get(socket) !== 0) return
    this.#inHand.delete(socket)
    socket.destroySoon()
  }
}
