import { describe, expect, it } from 'vitest'
import { addressChange } from './support/address-change.ts'
import { openDoor } from './support/open-door.ts'
import { canMountDisk, smallDisks } from './support/small-disk.ts'
import { until } from './support/until.ts'

const newDisk = smallDisks()

describe.skipIf(!canMountDisk())('a door on a full disk [needs a disk that can be filled]', () => {
  it('asks to come again while nothing can be written, accepts nothing by halves, and takes it when there is space', async () => {
    const disk = newDisk(16)
    await using door = await openDoor({ dataFolder: disk.folder })
    const before = await door.bring(addressChange, { 'idempotency-key': 'before' })
    const { reference } = (await before.json()) as { reference: string }
    await disk.fill()
    const refused = await until('nothing can be written any more', async () => {
      const response = await door.bring(addressChange)
      return response.status === 202 ? null : response
    })
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(await refused.json()).toMatchObject({ code: 'PRV_GATEWAY_UNAVAILABLE' })
    expect((await door.broker.operations.status()).failing).toContainEqual({
      what: 'door',
      code: expect.stringMatching(/_DISK_FULL$/),
    })
    const headers = { 'idempotency-key': 'while-full' }
    expect((await door.bring(addressChange, headers)).status).toBe(503)
    await disk.free()
    const taken = await until('there is space', async () => {
      const response = await door.bring(addressChange, headers)
      return response.status === 202 ? response : null
    })
    const again = await door.bring(addressChange, headers)
    expect(await again.json()).toEqual(await taken.json())
    const same = await door.bring(addressChange, { 'idempotency-key': 'before' })
    expect(await same.json()).toMatchObject({ reference })
  })
})
