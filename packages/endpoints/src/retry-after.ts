const imfFixdate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/
const rfc850Date = /^[A-Z][a-z]+day, (\d{2})-([A-Z][a-z]{2})-(\d{2}) (\d{2}:\d{2}:\d{2}) GMT$/
const asctimeDate = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d{2}:\d{2}:\d{2}) (\d{4})$/

/**
 * How long the service asks us to wait, in milliseconds, or `undefined` when it does not say so in a form of
 * RFC 9110, section 10.2.3 (seconds, or one of the three HTTP dates of 5.6.7). A date that has passed is 0. Never more
 * than `maxMs` (default one hour): a wrong clock over there must not stop a receiver for a year.
 */
export function retryAfter(
  headers: Readonly<Record<string, string>>,
  now: Date,
  maxMs: number = 3_600_000,
): number | undefined {
  const value = headers['retry-after']?.trim()
  if (value === undefined) return undefined
  const waitMs = /^\d{1,15}$/.test(value) ? Number(value) * 1000 : readDate(value, now) - now.getTime()
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), maxMs)
}

function readDate(value: string, now: Date): number {
  if (imfFixdate.test(value)) return Date.parse(value)
  const [, day850, month850, year850, time850] = rfc850Date.exec(value) ?? []
  if (year850 !== undefined) {
    // A two-digit year that seems more than fifty years ahead means the past (RFC 9110, 5.6.7).
    const century = now.getUTCFullYear() - (now.getUTCFullYear() % 100)
    const year = century + Number(year850)
    return Date.parse(`${day850} ${month850} ${year > now.getUTCFullYear() + 50 ? year - 100 : year} ${time850} GMT`)
  }
  const [, month, day, time, year] = asctimeDate.exec(value) ?? []
  return year === undefined ? Number.NaN : Date.parse(`${day?.trim()} ${month} ${year} ${time} GMT`)
}
