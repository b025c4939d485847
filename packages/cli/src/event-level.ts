import { fstatSync } from 'node:fs'
import type { EventName, EventOf } from './render/run.ts'

/** How much an event matters, as syslog names it (RFC 5424, 6.2.1). Normal work is `debug`. */
export type Level = 'debug' | 'info' | 'warning' | 'err'

const numbers: Readonly<Record<Level, number>> = { err: 3, warning: 4, info: 6, debug: 7 }

type Levels = { readonly [Name in EventName]: (event: EventOf<Name>) => Level }

const levels: Levels = {
  accepted: ({ status }) => (status === 'accepted' ? 'debug' : 'info'),
  progress: () => 'debug',
  split: ({ refused }) => (refused === 0 ? 'debug' : 'info'),
  refused: () => 'warning',
  delivered: ({ outcomes }) => {
    if (outcomes.every(({ state }) => state === 'delivered')) return 'debug'
    return outcomes.some(({ state }) => state === 'parked') ? 'warning' : 'info'
  },
  invalid: () => 'warning',
  paused: () => 'warning',
  resumed: () => 'info',
  failing: () => 'err',
  recovered: () => 'info',
  tookOver: () => 'info',
}

export function levelOf<Name extends EventName>(name: Name, event: EventOf<Name>): Level {
  return levels[name](event)
}

/** `<7>` and the like where this output is a stream of the systemd journal, which takes it off (sd-daemon(3)); else nothing. Default: standard output. */
export function journalPrefix(level: Level, { JOURNAL_STREAM: journal }: NodeJS.ProcessEnv, descriptor = 1): string {
  return journal !== undefined && journal === streamAt(descriptor) ? `<${numbers[level]}>` : ''
}

/** Device and inode of an output, as systemd.exec(5) writes them into JOURNAL_STREAM. */
function streamAt(descriptor: number): string {
  try {
    const { dev, ino } = fstatSync(descriptor)
    return `${dev}:${ino}`
  } catch {
    return ''
  }
}
