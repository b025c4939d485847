import { mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A stand-in of a system that exports registers: files that are written anew, well and badly. */
export interface FakeSystem {
  readonly addressesFile: string
  readonly personsFile: string
  /** Under another name first, then in the place of the earlier one. */
  export(which: Register, text: string): Promise<void>
  /** In place: a reader may see the beginning of it alone. */
  overwrite(which: Register, text: string): Promise<void>
  /** Takes the files away. */
  goDown(): Promise<void>
  /** Names, sizes and times of all that lies there. */
  listing(): Promise<string>
  close(): Promise<void>
}

export type Register = 'addresses' | 'persons'

export const addressesText = [
  'uprn,address,capacity,occupants,ward',
  '990000000014,"14A Tannery Row, Sallowmere, ZZ99 3WZ",5,3,Eastgate',
  '990000000203,"Flat 2, Mill House, 3 Mill Lane, Sallowmere, ZZ99 4WZ",4,0,Westgate',
  '990000000204,"Flat 3, Mill House, 3 Mill Lane, Sallowmere, ZZ99 4WZ",,,Westgate',
  '',
].join('\r\n')

export const personsText = [
  'personReference,personFamilyName,personGivenName,personBirthDate,uprn',
  "C-100045,O'Synthetic,Wilhelmina Ada,1984-02-29,990000000014",
  'C-100101,Sampleby,John,1951-06-01,990000000203',
  'C-100102,SAMPLEBY,John,1979-11-30,990000000204',
  'C-100103,Müller-Sample,Zoë,,',
  '',
].join('\r\n')

export async function startFakeSystem(): Promise<FakeSystem> {
  const root = await mkdtemp(join(tmpdir(), 'registers-'))
  const paths = { addresses: join(root, 'addresses.csv'), persons: join(root, 'persons.csv') }
  const write = async (which: Register, text: string) => {
    await writeFile(`${paths[which]}.part`, text)
    await rename(`${paths[which]}.part`, paths[which])
  }
  await write('addresses', addressesText)
  await write('persons', personsText)
  return {
    addressesFile: paths.addresses,
    personsFile: paths.persons,
    export: write,
    overwrite: (which, text) => writeFile(paths[which], text),
    async goDown() {
      for (const path of Object.values(paths)) await rm(path, { force: true })
    },
    async listing() {
      const names = (await readdir(root)).toSorted()
      const found = await Promise.all(names.map(async (name) => [name, await stat(join(root, name))] as const))
      return found.map(([name, { size, mtimeMs }]) => `${name} ${size} ${mtimeMs}`).join('\n')
    },
    close: () => rm(root, { recursive: true, force: true }),
  }
}
