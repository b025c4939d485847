import { readStylesheet, xsltNamespace } from './stylesheet.ts'

const types: Readonly<Record<string, string>> = { text: 'text/plain', html: 'text/html' }

/** The media type of what a stylesheet gives, as its `xsl:output` says. */
export function outputTypeOf(stylesheet: string): string {
  const methods = readStylesheet(stylesheet)
    .childrenNamed(xsltNamespace, 'output')
    .flatMap((output) => output.attribute('method') ?? [])
  return types[methods.at(-1) ?? 'xml'] ?? 'application/xml'
}
