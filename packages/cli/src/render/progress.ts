import type { FileProgress } from '@portreeve/broker'
import { printable } from '../text/printable.ts'
import type { Progress } from '../text/progress-line.ts'

/** A file under way, as a line shows it. Checking is the shorter part, so its end is not the file's. */
export function progressOf({ fileName, phase, bytesRead, totalBytes, secondsLeft }: FileProgress): Progress {
  const next = phase === 'checking' ? { next: 'then splitting' } : {}
  return { what: printable(fileName), doing: phase, doneBytes: bytesRead, totalBytes, secondsLeft, ...next }
}
