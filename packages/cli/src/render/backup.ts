import type { Backup } from '@portreeve/broker'
import { count, size } from '../text/numbers.ts'
import { printable } from '../text/printable.ts'
import { wrap } from '../text/wrap.ts'
import { type Look, time } from './look.ts'

/** Where the copy is, of when, how large, and what does not fit in it. */
export function renderBackup({ folder, takenAt, files, bytes, problems }: Backup, look: Look): string {
  const { style, width } = look
  return [
    `${style.bold(printable(folder))}  ${count(files, 'file')}, ${size(bytes)}`,
    wrap(`It has whatever was acknowledged before ${time(takenAt, look)}.`, { width }),
    ...(problems === null ? ['It was not read through.'] : []),
    ...(problems?.length === 0 ? [style.good('Read through: everything fits.')] : []),
    ...(problems ?? []).map((sentence) => wrap(printable(sentence), { width, first: `${style.bad('!')} ` })),
  ].join('\n')
}
