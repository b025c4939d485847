import { literally } from './taken.ts'

const parts = /YYYY|MM|DD/g
const defaultFormat = 'YYYY-MM-DD'

/** Reads and writes days in one way of writing them. */
export interface DateFormat {
  /** As YYYY-MM-DD; `null` for what is no day of the calendar written in this way. */
  read(text: string): string | null
  /** `null` for what is no YYYY-MM-DD day of the calendar. */
  write(day: string): string | null
}

export function dateFormat(format: string = defaultFormat): DateFormat {
  const order: readonly string[] = format.match(parts) ?? []
  const pattern = new RegExp(
    `^${format
      .split(parts)
      .map(literally)
      .reduce((before, text, at) => `${before}(\\d{${order[at - 1]?.length}})${text}`)}$`,
  )
  return {
    read(text) {
      const digits = pattern.exec(text)
      const part = (name: string) => digits?.[order.indexOf(name) + 1] ?? ''
      return isDay(`${part('YYYY')}-${part('MM')}-${part('DD')}`)
    },
    write(day) {
      const [YYYY = '', MM = '', DD = ''] = isDay(day)?.split('-') ?? []
      return YYYY === '' ? null : format.replace(parts, (part) => (part === 'YYYY' ? YYYY : part === 'MM' ? MM : DD))
    },
  }
}

/** What is wrong with a way of writing days; `null` when nothing is. */
export function dateFormatFault(format: string = defaultFormat): string | null {
  const found: readonly string[] = format.match(parts) ?? []
  if (['YYYY', 'MM', 'DD'].every((part) => found.includes(part)) && found.length === 3) return null
  return 'A date needs YYYY, MM and DD in its format, each once: DD/MM/YYYY.'
}

function isDay(day: string): string | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return null
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) ? day : null
}
