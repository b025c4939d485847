// One bench in a process of its own, so that none is measured with what another has left in memory.
import { benchCostApart } from './cost-apart.ts'
import { benchDoor } from './door.ts'
import { benchFormats } from './formats.ts'
import { benchHandOver } from './hand-over.ts'
import { benchJourney } from './journey.ts'
import { benchKafka } from './kafka.ts'
import { benchLedger } from './ledger.ts'
import { benchLog } from './log.ts'
import type { BenchName } from './result.ts'
import type { Row } from './row.ts'
import { benchTellUsOnce } from './tell-us-once.ts'
import { benchValuebill } from './valuebill.ts'
import { benchWorkers } from './workers.ts'

const benches: Readonly<Record<BenchName, () => Promise<Row[]>>> = {
  log: benchLog,
  kafka: benchKafka,
  formats: benchFormats,
  valuebill: benchValuebill,
  ledger: benchLedger,
  journey: benchJourney,
  door: benchDoor,
  'tell-us-once': benchTellUsOnce,
  'cost-apart': benchCostApart,
  'hand-over': benchHandOver,
  workers: benchWorkers,
}

const [, bench] = Object.entries(benches).find(([name]) => name === process.argv[2]) ?? []
if (!bench) throw new TypeError(`no bench ${process.argv[2]}`)
process.send?.(await bench())
