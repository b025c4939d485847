import { setImmediate } from 'node:timers/promises'
import type { ByteSource } from './message-format.ts'

const sliceBytes = 65_536

/** A source as buffers of at most 64 KiB, without copying; lets other work in between when all of it is in memory. */
export async function* byteSlices(source: ByteSource, signal?: AbortSignal): AsyncGenerator<Buffer> {
  if (source instanceof Uint8Array) {
    let count = 0
    for (const slice of slicesOf(source)) {
      signal?.throwIfAborted()
      count += 1
      if (count % 16 === 0) await setImmediate()
      yield slice
    }
    return
  }
  for await (const bytes of source) {
    for (const slice of slicesOf(bytes)) {
      signal?.throwIfAborted()
      yield slice
    }
  }
}

function* slicesOf(bytes: Uint8Array): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    yield Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(sliceBytes, bytes.length - at))
  }
}
