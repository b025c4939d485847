import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { TestBorough } from './support/borough.ts'
import { boroughs } from './support/boroughs.ts'
import { named } from './support/recorded-events.ts'
import { reportFile, reports } from './support/report-file.ts'
import { canMountDisk, smallDisks } from './support/small-disk.ts'
import { until } from './support/until.ts'

const newDisk = smallDisks()
const { start } = boroughs()
const fullDiskCodes = /_DISK_FULL$/

function toldOfFullDisk(borough: TestBorough) {
  const told = [...named(borough.events, 'failing'), ...named(borough.events, 'paused')]
  return told.find(({ code }) => fullDiskCodes.test(code))
}

describe.skipIf(!canMountDisk())('on a full disk [needs a disk that can be filled]', () => {
  it('leaves files in the inbox while the data folder is full, says so, and takes them when there is space', async () => {
    const disk = newDisk(16)
    const borough = await start({ dataFolder: join(disk.folder, 'data') })
    await borough.drop('before.xml', reportFile({ reports: reports(3) }))
    await borough.settled()
    await disk.fill()
    await borough.drop('while-full.xml', reportFile({ reports: reports(40) }))
    const told = await until('a full disk is told of', () => toldOfFullDisk(borough))
    expect(told.sentence).toMatch(/full|no more data/)
    expect(told.remedy).toMatch(/\.$/)
    expect(await readdir(borough.inbox())).toContain('while-full.xml')
    await disk.free()
    await borough.settled()
    await until('it is told that it is over', () => named(borough.events, 'recovered').length > 0)
  })

  it('loses and doubles nothing when the disk fills up in the middle of the work, again and again', async () => {
    const disk = newDisk(24)
    const borough = await start({ dataFolder: join(disk.folder, 'data'), maxMessages: 50 })
    for (const leaveBytes of [400_000, 100_000, 30_000]) {
      await disk.fill(leaveBytes)
      await borough.drop(`leaves-${leaveBytes}.xml`, reportFile({ reports: [...reports(300), { reason: 'CR08' }] }))
      await until('a full disk is told of', () => toldOfFullDisk(borough))
      await disk.free()
      await borough.settled(30_000)
      borough.events.splice(0)
    }
  })

  it('says that the disk is nearly full before anything fails for it, and so does status', async () => {
    const disk = newDisk(16)
    const borough = await start({ dataFolder: join(disk.folder, 'data'), diskAlarmMegabytes: 64 })
    const told = await until('it is told', () => named(borough.events, 'failing')[0])
    expect(told).toMatchObject({ what: 'disk', code: 'PRV_BROKER_DISK_LOW' })
    expect((await borough.operations.status()).failing).toEqual([{ what: 'disk', code: 'PRV_BROKER_DISK_LOW' }])
    await borough.drop('still-taken.xml', reportFile({ reports: reports(3) }))
    await borough.settled()
  })

  it('starts on a full disk or says why not, and goes on from there', async () => {
    const disk = newDisk(16)
    const borough = await start({ dataFolder: join(disk.folder, 'data') })
    await borough.drop('before.xml', reportFile({ reports: reports(3) }))
    await borough.settled()
    await borough.stopBroker()
    await disk.fill()
    await borough.drop('while-full.xml', reportFile())
    const refused = await borough.startBroker().then(
      () => null,
      (error: unknown) => error,
    )
    if (refused !== null) expect(refused).toMatchObject({ code: expect.stringMatching(fullDiskCodes) })
    else await until('a full disk is told of', () => toldOfFullDisk(borough))
    await disk.free()
    if (refused !== null) await borough.startBroker()
    await borough.settled()
  })

  it('delivers to the VOA while the disk of the inbox is full, and writes the answers when there is space', async () => {
    const disk = newDisk(4)
    const borough = await start({ inboxFolder: disk.folder, maxWaitSeconds: 1 })
    const file = await borough.drop(
      'reports.xml',
      reportFile({ reports: [...reports(10), ...reports(30, { reason: 'CR08' })] }),
    )
    await until('the file is taken', async () => !(await readdir(borough.inbox())).includes('reports.xml'))
    await disk.fill()
    const allDelivered = async () => {
      const found = await borough.reportsOf(file)
      return found.length === 10 && found.every(({ state }) => state === 'delivered')
    }
    await until('all are delivered', allDelivered, { instead: () => borough.trouble() })
    const paused = await until('the answers are held back', () => named(borough.events, 'paused')[0])
    expect(paused).toMatchObject({ receiver: 'answers-to-revenues.revenues', code: 'PRV_ENDPOINTS_DISK_FULL' })
    await disk.free()
    await borough.settled()
    expect(await borough.answer(file, '10 reports went on their way')).toContain('30 reports refused here')
  })
})
