import { setTimeout as sleep } from 'node:timers/promises'
import { PortreeveError } from '@portreeve/errors'
import { describe, expect, it } from 'vitest'
import { BackupHold, type BackupHoldParts } from './backup-hold.ts'

/** Files that only say whether they are held still, and one that may refuse. */
function held({ refuses = false, lapseAfterMs }: { refuses?: boolean; lapseAfterMs?: number } = {}) {
  const still = new Set<string>()
  const file = (name: string) => ({
    freeze() {
      if (refuses && name === 'ledger') throw new PortreeveError('PRV_DATABASE_BUSY', { path: name })
      still.add(name)
    },
    thaw: () => void still.delete(name),
  })
  const log = { ...file('log'), thaw: async () => void still.delete('log') }
  const parts = { state: file('state'), ledger: file('ledger'), folder: { path: '/var/lib/portreeve' } }
  const options = { ...parts, log, ...(lapseAfterMs !== undefined && { lapseAfterMs }) } satisfies BackupHoldParts
  return { hold: new BackupHold(options), still }
}

describe('what holds the files of a data folder still', () => {
  it('refuses where the log is not in the folder', async () => {
    const file = { freeze: () => undefined, thaw: () => undefined }
    const hold = new BackupHold({ log: {}, state: file, ledger: file, folder: { path: '/var/lib/portreeve' } })
    await expect(hold.begin()).rejects.toMatchObject({ code: 'PRV_BROKER_BACKUP_LOG_ELSEWHERE' })
  })

  it('holds all of them until the copying is over, and one backup at a time', async () => {
    const { hold, still } = held()
    const { id } = await hold.begin()
    expect(still).toEqual(new Set(['log', 'state', 'ledger']))
    await expect(hold.begin()).rejects.toMatchObject({ code: 'PRV_BROKER_BACKUP_UNDER_WAY' })
    await hold.extend(id)
    await hold.end(id)
    expect(still.size).toBe(0)
    await hold.end((await hold.begin()).id)
  })

  it('holds nothing when one of them cannot be held, and can be asked again', async () => {
    const { hold, still } = held({ refuses: true })
    await expect(hold.begin()).rejects.toMatchObject({ code: 'PRV_DATABASE_BUSY' })
    expect(still.size).toBe(0)
    await expect(hold.begin()).rejects.toMatchObject({ code: 'PRV_DATABASE_BUSY' })
  })

  it('lets go when nobody says any more that they copy, and tells those who come too late', async () => {
    const { hold, still } = held({ lapseAfterMs: 20 })
    const { id } = await hold.begin()
    while (still.size > 0) await sleep(5)
    await expect(hold.extend(id)).rejects.toMatchObject({ code: 'PRV_BROKER_BACKUP_LAPSED' })
    await expect(hold.end(id)).rejects.toMatchObject({ code: 'PRV_BROKER_BACKUP_LAPSED' })
  })

  it('waits until what removes files is over, and keeps it from beginning meanwhile', async () => {
    const { hold, still } = held()
    const removing = Promise.withResolvers<void>()
    const first = hold.unlessHeld(() => removing.promise)
    const beginning = hold.begin()
    await sleep(20)
    expect(still.size).toBe(0)
    removing.resolve()
    await first
    const { id } = await beginning
    let removals = 0
    const remove = async () => {
      removals += 1
    }
    await hold.unlessHeld(remove)
    expect(removals).toBe(0)
    await hold.end(id)
    await hold.unlessHeld(remove)
    expect(removals).toBe(1)
  })
})
