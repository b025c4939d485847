import { html, page } from './html.ts'
import type { ProblemAnswer } from './problem.ts'

/** A refusal, for who reads it in a browser. */
export function problemPage({ title, detail, remedy, code }: ProblemAnswer): string {
  return page(title, html`<p>${detail}</p>\n<p>${remedy}</p>\n<p class="code">${code}</p>`)
}
