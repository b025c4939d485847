import { duration, size } from './numbers.ts'

export interface Progress {
  readonly what: string
  readonly doneBytes: number
  readonly totalBytes: number
  readonly elapsedMs: number
}

const widestBar = 30

/** One line that fits into `columns`: `reports.xml ██████░░░░ 61 %  1.2 GB of 2.0 GB  8 s left` */
export function progressLine({ what, doneBytes, totalBytes, elapsedMs }: Progress, columns: number): string {
  const part = totalBytes > 0 ? Math.min(1, doneBytes / totalBytes) : 1
  const left = part > 0.01 && part < 1 ? `  ${duration((elapsedMs / part) * (1 - part))} left` : ''
  const figures = `${String(Math.floor(part * 100)).padStart(3)} %  ${size(doneBytes)} of ${size(totalBytes)}${left}`
  const name = [...what].length > 30 ? `${[...what].slice(0, 29).join('')}…` : what
  const width = Math.min(widestBar, columns - [...name].length - figures.length - 3)
  if (width < 5) return figures.slice(0, Math.max(0, columns - 1))
  const filled = Math.round(part * width)
  return `${name} ${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${figures}`
}
