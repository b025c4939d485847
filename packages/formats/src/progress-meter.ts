import type { ReadFormatOptions, ReadProgress } from './message-format.ts'

const stepBytes = 65_536

/** Tells of progress at most once for each 64 KiB, and once at the end, however small the pieces are. */
export class ProgressMeter {
  readonly #tell: ReadFormatOptions['onProgress']
  #toldBytes = 0

  constructor(tell: ReadFormatOptions['onProgress']) {
    this.#tell = tell
  }

  at(progress: ReadProgress): void {
    if (progress.bytesRead - this.#toldBytes >= stepBytes) this.end(progress)
  }

  end(progress: ReadProgress): void {
    this.#toldBytes = progress.bytesRead
    this.#tell?.(progress)
  }
}
