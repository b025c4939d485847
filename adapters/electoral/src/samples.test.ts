import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { sampleFile, sampleReturn } from './samples.ts'
import { addressUpdate } from './testing/messages.ts'
import { open, poll, send, systemWith } from './testing/running.ts'

const household = [{ personGivenName: 'Bo', personFamilyName: 'Example' }]

it('the file that the page shows is the one that is written', async () => {
  await using system = await systemWith()
  await send(await open(system), addressUpdate('request-1', { household }))
  const [file = ''] = (await readdir(system.outFolder)).filter((name) => !name.startsWith('.'))
  expect((await readFile(join(system.outFolder, file), 'utf8')).replaceAll('\r\n', '\n')).toBe(sampleFile)
})

it('the return file that the page shows is understood as the page says', async () => {
  await using system = await systemWith()
  const adapter = await open(system)
  await send(adapter, addressUpdate('request-1', { household }))
  for (const id of ['request-2', 'request-3', 'request-4', 'request-5']) await send(adapter, addressUpdate(id))
  await system.answerWith(sampleReturn)
  const { answers, fault } = await poll(adapter)
  expect(fault).toBeNull()
  expect(answers.map(({ requestId, status }) => `${requestId} ${status}`)).toEqual([
    'request-1 confirmed',
    'request-2 in-progress',
    'request-3 several-matches',
    'request-4 no-match',
    'request-5 rejected',
  ])
  expect(answers[2]?.candidates).toEqual([
    { personReference: 'E1003', description: 'Ann Example, 1 High Street' },
    { personReference: 'E1004', description: 'Ann Example, 7 Low Road' },
  ])
  expect(answers[4]?.words).toBe('The address lies outside the borough.')
})

it('a result that is none is told by the name of its column, as whoever wrote the file knows it', async () => {
  await using system = await systemWith()
  const adapter = await open(system)
  await send(adapter, addressUpdate('request-1'))
  await system.answerWith('REQUEST_ID,PERSON_NO,RESULT,ELECTOR_NO,CANDIDATES,REASON\nrequest-1,1,confirmed,,,\n')
  await poll(adapter)
  const folder = join(system.returnsFolder, 'done')
  const [page = ''] = (await readdir(folder)).filter((name) => name.endsWith('.problems.txt'))
  expect(await readFile(join(folder, page), 'utf8')).toContain(
    'RESULT must be one of OK, PENDING, MULTI, NOMATCH, REJECTED.',
  )
})
