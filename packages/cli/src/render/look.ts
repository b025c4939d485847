import { commandLine } from '../text/command-line.ts'
import type { Clock } from '../text/moment.ts'
import { moment } from '../text/moment.ts'
import type { Style } from '../text/style.ts'

/** How an answer for people is to look: colours, and which time it is. */
export interface Look {
  readonly style: Style
  readonly clock: Clock
  /** Characters that a line of sentences may have. */
  readonly width: number
  /** Characters that a row of a list may have: as many as it takes where a program reads it, a row to a line. */
  readonly rowWidth: number
  /** A command of this program as the reader can type it, for the same configuration: `track 9R3R-L632`. */
  readonly typed: (command: string) => string
}

/** What may be done next: what for, and the command to copy, below it where both are too wide. */
export function nextStep(what: string, command: string, { style, width, typed }: Look): string {
  const line = `${what} ${typed(command)}`
  return style.faint(line.length <= width ? line : `${what}\n${commandLine(typed(command), { width, indent: '  ' })}`)
}

export function time(at: string | null, { clock }: Look): string {
  return at === null ? '' : moment(at, clock)
}

/** A state in its colour. */
export function state(state: string, { style }: Look): string {
  switch (state) {
    case 'delivered':
    case 'accepted':
    case 'approved':
    case 'corrected':
    case 'confirmed':
    case 'resolved':
      return style.good(state)
    case 'refused':
    case 'parked':
    case 'held':
    case 'rejected':
    case 'needs a person':
      return style.bad(state)
    case 'waiting':
    case 'unknown':
      return style.wait(state)
    default:
      return style.faint(state)
  }
}
