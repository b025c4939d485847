import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checksumsOf, compareChecksums } from '../../docker/kafka/jars.ts'

it('a jar that is changed, lacking or not on the list is named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kafka-jars-'))
  try {
    for (const name of ['a.jar', 'b.jar']) await writeFile(join(folder, name), name)
    const wanted = await checksumsOf(folder)
    expect(compareChecksums(await checksumsOf(folder), wanted)).toEqual([])
    await rm(join(folder, 'b.jar'))
    await writeFile(join(folder, 'a.jar'), 'changed')
    await writeFile(join(folder, 'c.jar'), 'new')
    const faults = compareChecksums(await checksumsOf(folder), wanted)
    expect(faults).toEqual([
      expect.stringMatching(/^a\.jar has the SHA-256 [0-9a-f]{64}, not [0-9a-f]{64}$/),
      'c.jar is not on the list',
      'b.jar is missing',
    ])
  } finally {
    await rm(folder, { recursive: true })
  }
})
