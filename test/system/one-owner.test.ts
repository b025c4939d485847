import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { connectOrOpen, type Operations, openBroker } from '@portreeve/broker'
import { expect, it } from 'vitest'
import { boroughs } from './support/boroughs.ts'
import { reportFile } from './support/report-file.ts'

const { start } = boroughs()

/** Every question, as it is asked in the test below. */
async function askAll(operations: Operations, reference: string) {
  const { broker, pid, since, ...status } = await operations.status()
  return {
    status,
    search: await operations.search({ limit: 3 }),
    nextPage: await operations.search({ limit: 3, after: (await operations.search({ limit: 3 })).next ?? '' }),
    byState: await operations.search({ state: 'refused' }),
    track: await operations.track({ reference }),
    unknown: await operations.track({ reference: 'NONE' }),
    deadLetters: await operations.deadLetters({}),
    deadLetter: await operations.deadLetter({ receiver: 'reports-to-voa.voa', key: 'none' }),
    check: await operations.check(),
  }
}

it('refuses a second broker on the same data folder, plainly, and the first goes on', async () => {
  const borough = await start()
  const second = openBroker({ configuration: await borough.configuration() })
  const error = await second.catch((fault: unknown) => fault)
  expect(error).toMatchObject({ code: 'PRV_LOG_FOLDER_OWNED', remedy: expect.stringMatching(/\.$/) })
  expect(String(error)).toContain(`process ${process.pid}`)
  await borough.drop('after.xml', reportFile())
  await borough.settled()
})

it('gives the same answers over the admin socket, and from the folder when no broker runs', async () => {
  const borough = await start({ voa: { refuse: { no: '1007' } } })
  const reports = [{}, { reportNumber: 'no' }, { reason: 'CR08' }]
  await borough.drop('reports.xml', reportFile({ reports }))
  await borough.settled()
  const [submission] = await borough.search({ type: 'valuation.submission.received' })
  const reference = submission?.reference ?? ''
  const local = await askAll(borough.operations, reference)
  expect(local.track?.children).toHaveLength(5)

  const remote = await connectOrOpen(await borough.configuration())
  expect((await remote.operations.status()).broker).toBe('running')
  expect(await askAll(remote.operations, reference)).toEqual(JSON.parse(JSON.stringify(local)))
  const release = { receiver: 'reports-to-voa.voa', key: 'none', messageId: 'none', by: 'me', why: 'why' }
  await expect(remote.operations.retryDeadLetter(release)).rejects.toMatchObject({ code: 'PRV_STATE_KEY_NOT_PARKED' })
  await remote.close()
  expect((await borough.operations.status()).broker).toBe('running')

  await borough.stopBroker()
  const opened = await connectOrOpen(await borough.configuration())
  expect(await opened.operations.status()).toMatchObject({ broker: 'stopped', pid: null, since: null })
  expect(await askAll(opened.operations, reference)).toEqual(local)
  await opened.close()
  await opened.close()
})

it.skipIf(process.platform === 'win32')(
  'keeps folder and admin socket for their owner [needs a POSIX system]',
  async () => {
    const borough = await start()
    expect((await stat(borough.dataFolder)).mode & 0o777).toBe(0o700)
    expect((await stat(join(borough.dataFolder, 'admin.sock'))).mode & 0o777).toBe(0o600)
  },
)
