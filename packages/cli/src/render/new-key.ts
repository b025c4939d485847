import type { NewApiKey } from '@portreeve/gateway'
import { wrap } from '../text/wrap.ts'
import type { Look } from './look.ts'

/** A key, shown once, and what goes into the configuration. The lines stay whole: they are to be copied. */
export function renderNewKey(
  { name, key, hash }: NewApiKey & { readonly name: string },
  { style, width, typed }: Look,
): string {
  return [
    style.bold(key),
    '',
    wrap(`This is the key of ${name}. It is shown this once: hand it over where nobody else reads it.`, { width }),
    '',
    'Into broker.yaml:',
    '',
    'door:',
    '  apiKeys:',
    `    - name: ${name}`,
    `      hash: ${hash}`,
    '',
    wrap(
      `It holds after ${typed('apply')}, or from the next start of the broker. To take it back, take its lines out in the same way. The first key and the last one need a start.`,
      { width },
    ),
  ].join('\n')
}
