// After a change of pom.xml: names each jar that it resolves to, with what it is now. Look at the difference before you commit it.
//   node docker/kafka/write-checksums.ts
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checksumsFile, checksumsOf, fetchJars } from './jars.ts'

const folder = mkdtempSync(join(tmpdir(), 'kafka-jars-'))
try {
  await fetchJars(folder)
  writeFileSync(checksumsFile, await checksumsOf(folder))
} finally {
  rmSync(folder, { recursive: true })
}
