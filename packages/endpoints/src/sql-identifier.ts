import { PortreeveError } from '@portreeve/errors'

/** Of a table or a column, as configuration may name it; a table may have its schema before a dot. */
export const sqlNamePattern = '^[A-Za-z_][A-Za-z0-9_]{0,62}(\\.[A-Za-z_][A-Za-z0-9_]{0,62})?$'
const name = new RegExp(sqlNamePattern)

/** In quotation marks, so that no name is a keyword and capitals count. Throws `PRV_ENDPOINTS_SQL_STATEMENT` for any other name. */
export function sqlName(text: string): string {
  if (!name.test(text)) {
    throw new PortreeveError('PRV_ENDPOINTS_SQL_STATEMENT', { database: 'named', fault: 'a name that is none' })
  }
  return text
    .split('.')
    .map((part) => `"${part}"`)
    .join('.')
}
