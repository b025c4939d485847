import type { RawRecord } from './raw-record.ts'
import type { WholeLayout } from './record-layout.ts'
import { csvScanner } from './scan-csv.ts'
import { TextWindow } from './text-window.ts'

/** The records of a text, one after the other; empty lines are none. One that cannot be taken apart is told of, and those behind it come. */
export function rawRecords(
  pieces: AsyncIterable<string>,
  layout: WholeLayout,
  maxCharacters: number,
): AsyncGenerator<RawRecord> {
  return layout.format === 'csv' ? csvRecords(pieces, layout, maxCharacters) : lineRecords(pieces, maxCharacters)
}

async function* csvRecords(
  pieces: AsyncIterable<string>,
  layout: WholeLayout,
  maxCharacters: number,
): AsyncGenerator<RawRecord> {
  const scan = csvScanner(layout, maxCharacters)
  const window = new TextWindow(pieces)
  try {
    while (await window.hasText()) {
      const { text, at, line } = window
      const scanned = scan(text, at, window.isEnd)
      if (scanned === 'more') await window.more()
      else if ('fault' in scanned) {
        await window.passLine(scanned.at)
        yield { line, text: text.slice(at, scanned.at), cells: [], fault: scanned.fault }
      } else {
        window.take(scanned.end)
        const record = text.slice(at, scanned.end)
        if (record !== '\n' && record !== '\r\n') yield { line, text: record, cells: scanned.cells }
      }
    }
  } finally {
    await window.close()
  }
}

async function* lineRecords(pieces: AsyncIterable<string>, maxCharacters: number): AsyncGenerator<RawRecord> {
  const sentence = `The line is longer than the ${maxCharacters} characters that one may have. Check that its line ends are there.`
  const fault = { rule: `at most ${maxCharacters} characters`, sentence }
  const window = new TextWindow(pieces)
  try {
    while (await window.hasText()) {
      const { text, at, line } = window
      const found = text.indexOf('\n', at)
      const end = found === -1 ? text.length : found
      if (end - at > maxCharacters) {
        await window.passLine(at)
        yield { line, text: '', cells: [], fault }
      } else if (found === -1 && !window.isEnd) await window.more()
      else {
        window.take(found === -1 ? end : end + 1)
        const record = text.slice(at, end).replace(/\r$/, '')
        if (record !== '') yield { line, text: record, cells: [] }
      }
    }
  } finally {
    await window.close()
  }
}
