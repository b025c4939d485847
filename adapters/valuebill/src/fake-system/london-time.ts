const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

/** Wall-clock time in London, without an offset: what the service puts where a date or time is missing. */
export function londonTime(moment: Date): { readonly date: string; readonly dateTime: string } {
  const found = Object.fromEntries(parts.formatToParts(moment).map(({ type, value }) => [type, value]))
  const date = `${found.year}-${found.month}-${found.day}`
  return { date, dateTime: `${date}T${found.hour}:${found.minute}:${found.second}` }
}
