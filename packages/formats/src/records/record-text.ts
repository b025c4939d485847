import { byteSlices } from '../byte-slices.ts'
import type { ByteSource, ReadFormatOptions } from '../message-format.ts'
import { ProgressMeter } from '../progress-meter.ts'
import { encodingFault } from '../refused.ts'
import type { WholeLayout } from './record-layout.ts'

const byteOrderMarks = [
  ['utf-8', Buffer.from([0xef, 0xbb, 0xbf])],
  ['utf-16le', Buffer.from([0xff, 0xfe])],
  ['utf-16be', Buffer.from([0xfe, 0xff])],
] as const

/** Pieces are handed on when they have this many characters: what stays of one is looked at again with the next. */
const pieceCharacters = 65_536

/** What has been read so far, for those who tell of progress. */
export interface TextMeter {
  bytesRead: number
  recordsRead: number
}

/**
 * The text of a source in its layout's encoding, in pieces of 64 Ki characters or more, without its byte order mark. Bytes that
 * are no character become U+FFFD: whoever reads the text refuses the record that holds one. Rejects with `SourceRefused` when
 * the byte order mark is not what the layout says.
 */
export async function* recordText(
  source: ByteSource,
  { encoding, byteOrderMark }: Pick<WholeLayout, 'encoding' | 'byteOrderMark'>,
  meter: TextMeter,
  { signal, onProgress }: ReadFormatOptions = {},
): AsyncGenerator<string> {
  const progress = new ProgressMeter(onProgress)
  const decoder = textDecoder(encoding)
  let head = Buffer.alloc(0)
  let isBegun = false
  let pieces = ''
  for await (const slice of byteSlices(source, signal)) {
    meter.bytesRead += slice.length
    let bytes = slice
    if (!isBegun) {
      head = Buffer.concat([head, slice])
      if (head.length < 3) continue
      bytes = head.subarray(markBytes(head, encoding, byteOrderMark))
      isBegun = true
    }
    pieces += decoder.write(bytes)
    if (pieces.length >= pieceCharacters) {
      yield pieces
      pieces = ''
    }
    progress.at(meter)
  }
  if (!isBegun) pieces += decoder.write(head.subarray(markBytes(head, encoding, byteOrderMark)))
  pieces += decoder.end()
  if (pieces !== '') yield pieces
  progress.end(meter)
}

/** How many bytes of the mark are to be passed over. */
function markBytes(head: Buffer, encoding: WholeLayout['encoding'], wanted: WholeLayout['byteOrderMark']): number {
  const [found, mark] = byteOrderMarks.find(([, bytes]) => head.subarray(0, bytes.length).equals(bytes)) ?? [null, null]
  if (found === null) {
    if (wanted === 'required') throw encodingFault('it has no byte order mark', '')
    return 0
  }
  if (found !== encoding) throw encodingFault(`it begins with the mark of ${found} and should be ${encoding}`, '')
  if (wanted === 'refused') throw encodingFault('it begins with a byte order mark', '')
  return mark.length
}

function textDecoder(encoding: WholeLayout['encoding']): { write(bytes: Buffer): string; end(): string } {
  if (encoding === 'iso-8859-1') return { write: (bytes) => bytes.toString('latin1'), end: () => '' }
  // Of windows-1252, the five bytes that have no character become control characters, which no record may hold.
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() }
}
