import { createServer, request as forward, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Something that passed by on its way to the stand-in. */
export interface PassedRequest {
  /** `POST /submissions/<batch id>` */
  readonly what: string
  readonly body: Buffer
}

/** Stands before the stand-in and writes down what comes by: what really left, byte for byte. */
export interface RecordingProxy extends AsyncDisposable {
  readonly url: string
  readonly passed: readonly PassedRequest[]
}

/** `hold`: what has passed goes on to the stand-in only when this resolves, also when nobody waits for the answer any more. */
export async function startRecordingProxy(
  target: string,
  { hold = async () => undefined }: { hold?: (request: PassedRequest) => Promise<void> } = {},
): Promise<RecordingProxy> {
  const passed: PassedRequest[] = []
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    const noted = { what: `${request.method} ${request.url}`, body }
    passed.push(noted)
    await hold(noted)
    const { method = 'GET', headers } = request
    const onward = forward(`${target}${request.url}`, { method, headers }, async (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      response.end(await bodyOf(answer))
    })
    onward.on('error', () => response.destroy())
    onward.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}
