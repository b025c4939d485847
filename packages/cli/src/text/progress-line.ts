import { duration, size } from './numbers.ts'

export interface Progress {
  readonly what: string
  /** Absent where only one thing can be meant. */
  readonly doing?: string
  readonly doneBytes: number
  readonly totalBytes: number
  /** `null`: nobody can tell yet. */
  readonly secondsLeft: number | null
  /** What comes after the time left, which does not count it. */
  readonly next?: string
}

const widestBar = 30

/** `splitting  61 %  1.2 GB of 2.0 GB  8 s left` */
export function progressFigures(progress: Omit<Progress, 'what'>): string {
  const { doing, doneBytes, totalBytes, secondsLeft, next } = progress
  const known = secondsLeft !== null && secondsLeft > 0
  const left = known ? [`${duration(secondsLeft * 1000)} left${next === undefined ? '' : `, ${next}`}`] : []
  const percent = `${String(Math.floor(partOf(progress) * 100)).padStart(3)} %`
  return [doing ? `${doing} ${percent}` : percent, `${size(doneBytes)} of ${size(totalBytes)}`, ...left].join('  ')
}

/** One line that fits into `columns`: `reports.xml ██████░░░░ splitting  61 %  1.2 GB of 2.0 GB  8 s left` */
export function progressLine({ what, ...progress }: Progress, columns: number): string {
  const figures = progressFigures(progress)
  const name = [...what].length > 30 ? `${[...what].slice(0, 29).join('')}…` : what
  const width = Math.min(widestBar, columns - [...name].length - figures.length - 3)
  if (width < 5) return figures.slice(0, Math.max(0, columns - 1))
  const filled = Math.round(partOf(progress) * width)
  return `${name} ${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${figures}`
}

function partOf({ doneBytes, totalBytes }: Pick<Progress, 'doneBytes' | 'totalBytes'>): number {
  return totalBytes > 0 ? Math.min(1, doneBytes / totalBytes) : 1
}
