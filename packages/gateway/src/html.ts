import { createHash } from 'node:crypto'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text that is safe in an element and in an attribute in quotation marks. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? '')
}

/** HTML that was made here. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** HTML with everything that is put into it escaped, unless it is `Html` already. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | Html | readonly Html[])[]): Html {
  const filled = parts.map((part, index) => part + asText(values[index] ?? ''))
  return new Html(filled.join(''))
}

function asText(value: string | Html | readonly Html[]): string {
  if (typeof value === 'string') return escaped(value)
  return value instanceof Html ? value.text : value.map(({ text }) => text).join('')
}

const style = `
body{margin:0 auto;max-width:44rem;padding:1rem;font:1.125rem/1.5 sans-serif;color:#0b0c0c;background:#fff}
main{overflow-wrap:break-word}h1{font-size:1.75rem;line-height:1.25}.reference{white-space:nowrap}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:bold;padding:.5rem 0}
th,td{text-align:left;vertical-align:top;padding:.5rem 1rem .5rem 0;border-bottom:1px solid #b1b4b6}td:last-child{padding-right:0}
.state{font-weight:bold}.code{font-size:.875rem}td p{margin:0}`

/** Nothing may be loaded, sent or framed; the one style is named by its digest. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A whole page. `heading`: the title, where it needs mark-up. */
export function page(title: string, main: Html, heading: Html = html`${title}`): string {
  return html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
<h1>${heading}</h1>
${main}
</main>
</body>
</html>
`.text
}
