const dayMs = 24 * 60 * 60 * 1000
const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' })
const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', hourCycle: 'h23' })

/** The calendar day in the United Kingdom, YYYY-MM-DD. */
export function ukDay(at: Date): string {
  return day.format(at)
}

/**
 * The moment at which so many whole working days have passed: midnight in the United Kingdom after the last of them. The day
 * itself does not count; Saturdays, Sundays and `holidays` (YYYY-MM-DD) do not either.
 */
export function afterWorkingDays(at: Date, workingDays: number, holidays: readonly string[]): Date {
  let date = Date.parse(`${ukDay(at)}T00:00:00Z`)
  for (let left = workingDays; left > 0; ) {
    date += dayMs
    if (isWorkingDay(date, holidays)) left -= 1
  }
  return ukMidnight(date + dayMs)
}

function isWorkingDay(date: number, holidays: readonly string[]): boolean {
  const weekday = new Date(date).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !holidays.includes(new Date(date).toISOString().slice(0, 10))
}

/** British Summer Time is an hour ahead: then the day begins at 23:00 UTC of the day before. */
function ukMidnight(date: number): Date {
  const hour = Number(clock.format(new Date(date)))
  return new Date(date - hour * 60 * 60 * 1000)
}
