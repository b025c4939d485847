import { byteSlices } from './byte-slices.ts'
import type { ByteSource, ReadFormatOptions } from './message-format.ts'
import { ProgressMeter } from './progress-meter.ts'

/** A whole small source in memory; `undefined` when it has more than `maxBytes`, of which no more is read then. */
export async function collectBytes(
  source: ByteSource,
  maxBytes: number,
  { signal, onProgress }: ReadFormatOptions = {},
): Promise<Buffer | undefined> {
  const meter = new ProgressMeter(onProgress)
  const slices: Buffer[] = []
  let bytesRead = 0
  for await (const slice of byteSlices(source, signal)) {
    bytesRead += slice.length
    if (bytesRead > maxBytes) return undefined
    // A copy: the source may use its buffer again.
    slices.push(Buffer.from(slice))
    meter.at({ bytesRead, recordsRead: 0 })
  }
  meter.end({ bytesRead, recordsRead: 0 })
  return Buffer.concat(slices)
}
