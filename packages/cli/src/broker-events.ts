import type { BrokerListener } from '@portreeve/broker'
import { journalPrefix, type Level, levelOf } from './event-level.ts'
import type { CommonOptions, Invocation } from './invocation.ts'
import { LiveLine } from './live-line.ts'
import { progressOf } from './render/progress.ts'
import { type EventName, type EventOf, eventSentences } from './render/run.ts'
import { moment } from './text/moment.ts'
import { progressLine } from './text/progress-line.ts'
import { wrap } from './text/wrap.ts'

/** Where nobody sees a bar. A file that is done sooner is not told of. */
const progressEveryMs = 5000

export interface ToldEvents {
  readonly listener: BrokerListener
  /** Tells something beside the listener's events: a line of JSON, or the text. Default level: `info`. */
  tell(value: object, text: string, level?: Level): Promise<void>
  /** Takes a progress bar away. */
  clear(): void
}

/** Tells a broker's events as they come: a line each, for people or as JSON; a file under way draws a bar. */
export function brokerEvents(invocation: Invocation, { json }: CommonOptions): ToldEvents {
  const { terminal } = invocation
  const live = new LiveLine(terminal)
  const toldAt = new Map<string, number>()
  const tell = async (value: object, text: string, level: Level = 'info') => {
    live.clear()
    const line = json ? JSON.stringify({ level, ...value }) : text
    await terminal.out(`${journalPrefix(level, terminal.environment)}${line}\n`)
  }
  // A log keeps an event on one line, to be searched.
  const fitted = (line: string, width: number) =>
    terminal.live ? wrap(line, { width, hanging: ' '.repeat(10) }) : line
  const told =
    <Name extends EventName>(name: Name) =>
    (event: EventOf<Name>) => {
      const now = terminal.now()
      const look = invocation.look
      const at = look.style.faint(moment(now.toISOString(), look.clock))
      void tell(
        { at: now.toISOString(), event: name, ...event },
        fitted(`${at}  ${eventSentences[name](event, look)}`, look.width),
        levelOf(name, event),
      )
    }
  return {
    tell,
    clear: () => live.clear(),
    listener: {
      accepted: told('accepted'),
      split(event) {
        toldAt.delete(event.reference)
        told('split')(event)
      },
      refused(event) {
        toldAt.delete(event.reference)
        told('refused')(event)
      },
      delivered: told('delivered'),
      invalid: told('invalid'),
      paused: told('paused'),
      resumed: told('resumed'),
      failing: told('failing'),
      recovered: told('recovered'),
      tookOver: told('tookOver'),
      progress(event) {
        live.draw((columns) => progressLine(progressOf(event), columns))
        if (terminal.live && !json) return
        const now = terminal.now().getTime()
        const last = toldAt.get(event.reference)
        if (last !== undefined && now - last < progressEveryMs) return
        toldAt.set(event.reference, now)
        if (last !== undefined) told('progress')(event)
      },
    },
  }
}
