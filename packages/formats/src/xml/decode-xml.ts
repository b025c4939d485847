import { byteSlices } from '../byte-slices.ts'
import type { ByteSource } from '../message-format.ts'
import { detectEncoding, type Encoding } from './detect-encoding.ts'
import { StrictDecoder } from './strict-decoder.ts'

export interface DecodingFault {
  /** Offset of the first byte that could not be read. */
  readonly offset: number
  readonly rule: string
}

/** A piece of the text of a file. After one with a `fault` there are no more. */
export type XmlText =
  | { readonly encoding: Encoding; readonly text: string; readonly bytesRead: number; readonly fault?: DecodingFault }
  /** The encoding could not be told. */
  | { readonly encoding?: undefined; readonly bytesRead: number; readonly fault: DecodingFault }

const nothing: Buffer = Buffer.alloc(0)

/** Bytes to text in the encoding that the file itself declares. Each piece has at most 64 Ki characters. */
export async function* decodeXml(source: ByteSource, signal?: AbortSignal): AsyncGenerator<XmlText> {
  let decoder: StrictDecoder | undefined
  let head = nothing
  let bytesRead = 0
  for await (const slice of endingWithNothing(byteSlices(source, signal))) {
    bytesRead += slice.length
    let body = slice
    if (decoder === undefined) {
      head = Buffer.concat([head, slice])
      const detected = detectEncoding(head, slice.length === 0)
      if (detected === 'more') continue
      if ('rule' in detected) {
        yield { bytesRead, fault: { offset: 0, rule: detected.rule } }
        return
      }
      decoder = new StrictDecoder(detected.encoding, detected.bomBytes)
      body = head.subarray(detected.bomBytes)
      head = nothing
    }
    const piece = decoder.write(body)
    yield { ...piece, encoding: decoder.encoding, bytesRead }
    if (piece.fault !== undefined) return
  }
  if (decoder === undefined) return
  const last = decoder.end()
  if (last.fault !== undefined) yield { ...last, encoding: decoder.encoding, bytesRead }
}

async function* endingWithNothing(slices: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* slices
  yield nothing
}
