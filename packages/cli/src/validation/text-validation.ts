import type { Look } from '../render/look.ts'
import { renderDocumentVerdict, renderReportVerdict } from '../render/validation.ts'
import { count } from '../text/numbers.ts'
import { printable } from '../text/printable.ts'
import { wrap } from '../text/wrap.ts'
import type { ValidationOutput } from './validation-output.ts'

export interface TextValidationOptions {
  /** Reports that are told of each file at most. */
  readonly show: number
  /** Of the instance by whose configuration is judged. */
  readonly label: string | undefined
}

/** Verdicts for people: every report of which there is something to say, then the counts. */
export function validationForPeople(
  write: (text: string) => Promise<void>,
  look: Look,
  { show, label }: TextValidationOptions,
): ValidationOutput {
  const { style } = look
  let shown = 0
  let left = 0
  return {
    async begin(file) {
      shown = 0
      left = 0
      await write(
        `${style.bold(printable(file))}${label === undefined ? '' : style.faint(`  judged as ${label} is set up`)}\n`,
      )
    },
    async report(verdict) {
      const text = renderReportVerdict(verdict, look)
      if (text === '') return
      if (shown >= show) left++
      else {
        shown++
        await write(`${text}\n`)
      }
    },
    async document(verdict) {
      if (left > 0) {
        await write(style.faint(`  … and ${count(left, 'more report')}: --show ${shown + left} tells them all\n`))
      }
      await write(`${renderDocumentVerdict(verdict, look)}\n\n`)
    },
    unreadable: ({ code, message }) =>
      write(`${wrap(`${style.bad(code)} ${printable(message)}`, { width: look.width, hanging: '  ' })}\n\n`),
    end: () => write('Nothing was sent.\n'),
  }
}
