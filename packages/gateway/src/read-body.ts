import type { IncomingMessage } from 'node:http'
import { PortreeveError } from '@portreeve/errors'

const jsonMediaType = /^application\/json *(; *charset *= *"?utf-8"? *)?$/i

/**
 * The bytes of a JSON body. Throws `PRV_GATEWAY_CONTENT_TYPE`, `PRV_GATEWAY_CONTENT_ENCODING` and
 * `PRV_GATEWAY_BODY_TOO_LARGE` before more than that is read; what is not read is left for `sendProblem`.
 */
export async function readBody(request: IncomingMessage, maxBodyBytes: number): Promise<Uint8Array> {
  const { 'content-type': type = '', 'content-encoding': encoding, 'content-length': length } = request.headers
  if (!jsonMediaType.test(type)) throw new PortreeveError('PRV_GATEWAY_CONTENT_TYPE', { wanted: 'application/json' })
  if (encoding !== undefined) throw new PortreeveError('PRV_GATEWAY_CONTENT_ENCODING')
  if (length !== undefined && Number(length) > maxBodyBytes) throw tooLarge(maxBodyBytes)
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length
    if (bytes > maxBodyBytes) throw tooLarge(maxBodyBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function tooLarge(maxBodyBytes: number): PortreeveError {
  return new PortreeveError('PRV_GATEWAY_BODY_TOO_LARGE', { maxBodyBytes })
}
