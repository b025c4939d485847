import type { Duplex } from 'node:stream'

/** How long a sender who does not stop sending is listened to, so that it finds the answer. */
const lingerMs = 2000
const ending = new WeakSet<Duplex>()

/** From now on nothing that comes on this connection is a request, though answers to earlier ones may still be due. */
export function takeNoMore(socket: Duplex): void {
  ending.add(socket)
}

/**
 * Ends a connection behind an answer that was written to it. What still comes in is read and thrown away for a while: a connection
 * that is closed on a sender who still sends has its machine throw the answer away.
 */
export function endBehindAnswer(socket: Duplex): void {
  takeNoMore(socket)
  const over = setTimeout(() => socket.destroy(), lingerMs)
  socket.once('end', () => socket.destroy())
  socket.once('close', () => clearTimeout(over))
  socket.end()
}

/** True: whatever comes on this connection is no request any more. */
export function isEnding(socket: Duplex): boolean {
  return ending.has(socket)
}
