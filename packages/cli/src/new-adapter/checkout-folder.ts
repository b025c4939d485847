import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PortreeveError } from '@portreeve/errors'

/** The checkout of Portreeve that a folder lies in. Throws `PRV_CLI_NO_CHECKOUT`. */
export function checkoutFolder(folder: string): string {
  for (let place = folder; ; place = dirname(place)) {
    if (isCheckout(place)) return place
    if (dirname(place) === place) throw new PortreeveError('PRV_CLI_NO_CHECKOUT', { folder })
  }
}

function isCheckout(folder: string): boolean {
  try {
    const { name }: { name?: unknown } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return name === 'portreeve'
  } catch {
    return false
  }
}
