import type { Configuration } from '@portreeve/configuration'
import { type FreezableLog, openSqliteLog } from '@portreeve/log-sqlite'

export type { FreezableLog }

/** The only place that names log engines. `folder` is made when it is not there. */
export function openLog(engine: Configuration['log']['engine'], folder: string): Promise<FreezableLog> {
  switch (engine) {
    case 'sqlite':
      return openSqliteLog({ folder })
  }
}
