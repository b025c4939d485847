// Appends ten records while a flush fails, as failed-flush.test.ts has arranged, and tells what came of each.
import { isPortreeveError } from '@portreeve/errors'
import { openSqliteLog } from './open.ts'
import { everything, record, topic } from './trial.ts'

await using log = await openSqliteLog({ folder: process.argv[2] ?? '' })
const answers: string[] = []
for (let n = 0; n < 10; n++) {
  try {
    await log.append([record(`v${n}`)])
    answers.push('on disk')
  } catch (error) {
    if (!isPortreeveError(error)) throw error
    answers.push(error.code)
  }
}
const seek = await log.seek('g', { topic, partition: 0, offset: 0 }).then(
  () => 'moved',
  (error) => error.code,
)
console.log(JSON.stringify({ answers, seek, readBack: (await everything(log)).length }))
