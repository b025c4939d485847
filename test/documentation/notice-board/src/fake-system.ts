import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { Notice } from './vendor-types.ts'

/** A board in memory, on the loopback interface. */
export interface FakeBoard {
  readonly baseUrl: string
  /** How often a notice of this id was put up. */
  putUp(id: string): number
  /** Takes what it is sent and says nothing from now on. */
  fallSilent(): void
  close(): Promise<void>
}

export async function startFakeBoard(): Promise<FakeBoard> {
  const notices = new Map<string, number>()
  let silent = false
  const server = createServer(async (request, response) => {
    const notice = request.method === 'PUT' ? ((await json(request)) as Notice) : undefined
    if (silent) return
    if (!notice) return void response.end()
    if (notice.text === '') {
      return void response.writeHead(422).end(JSON.stringify({ code: 'N1', reason: 'A notice needs a text.' }))
    }
    const id = decodeURIComponent(request.url?.split('/').at(-1) ?? '')
    if (!notices.has(id)) notices.set(id, 1)
    response.end(JSON.stringify({ number: `N-${id}` }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    putUp: (id) => notices.get(id) ?? 0,
    fallSilent() {
      silent = true
    },
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
