/** A clock on the wall: what time it is, and where. */
export interface Clock {
  readonly now: Date
  /** IANA name. Default: this machine's. */
  readonly timeZone?: string
}

/** A time for people, in the local zone, no longer than it must be: `14:03:21` today, else `Tue 3 Mar 2026, 14:03:21`. */
export function moment(time: string, { now, timeZone }: Clock): string {
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return time
  const zone = timeZone === undefined ? {} : { timeZone }
  const clock = date.toLocaleTimeString('en-GB', zone)
  const dayOf = (moment: Date) =>
    moment.toLocaleDateString('en-GB', { ...zone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
  return dayOf(date) === dayOf(now) ? clock : `${dayOf(date).replace(/^(\w+),/, '$1')}, ${clock}`
}

/** A day for people: `Fri 4 Dec`, and the year where it is another one. */
export function day(time: string | Date, { now, timeZone }: Clock): string {
  const date = new Date(time)
  const zone = timeZone === undefined ? {} : { timeZone }
  const yearOf = (moment: Date) => moment.toLocaleDateString('en-GB', { ...zone, year: 'numeric' })
  const year = yearOf(date) === yearOf(now) ? {} : ({ year: 'numeric' } as const)
  const text = date.toLocaleDateString('en-GB', { ...zone, weekday: 'short', day: 'numeric', month: 'short', ...year })
  return text.replace(/^(\w+),/, '$1')
}
