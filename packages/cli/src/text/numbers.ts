const decimal = new Intl.NumberFormat('en-GB')

/** `12,345` */
export function number(value: number): string {
  return decimal.format(value)
}

/** `1 report`, `12,345 reports` */
export function count(value: number, singular: string, plural = `${singular}s`): string {
  return `${number(value)} ${value === 1 ? singular : plural}`
}

/** `4.9 KB`, in steps of 1,000. */
export function size(bytes: number): string {
  let rest = bytes
  for (const unit of ['bytes', 'KB', 'MB', 'GB']) {
    if (rest < 1000 || unit === 'GB') {
      return unit === 'bytes'
        ? count(rest, 'byte')
        : `${rest < 10 ? rest.toFixed(1) : number(Math.round(rest))} ${unit}`
    }
    rest /= 1000
  }
  throw new TypeError('the list of units ended')
}

/** `8 s`, `2 min 5 s`, `3 h 20 min`: for people who wait. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min${seconds % 60 ? ` ${seconds % 60} s` : ''}`
  const hours = Math.floor(minutes / 60)
  return `${hours} h${minutes % 60 ? ` ${minutes % 60} min` : ''}`
}
