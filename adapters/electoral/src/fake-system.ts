import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cellsOf, csvLine } from './testing/plain-csv.ts'

/** Somebody on the register. */
export interface Elector {
  readonly number: string
  readonly forenames: string
  readonly surname: string
  address: string
}

/** How a return file goes wrong. */
export interface Mischief {
  /** Every other line is not there. */
  readonly missing?: boolean
  /** Every line is there twice. */
  readonly doubled?: boolean
  /** A line about a request that nobody made, and one that is none. */
  readonly unknown?: boolean
  /** It stops in the middle of its last line, under its own name. */
  readonly half?: boolean
}

/**
 * A stand-in of an electoral registration system. It takes files away from its folder, applies each line to its register, and answers
 * in return files. It does not recognise a line that it has had before: its own record shows what took effect how often.
 */
export interface FakeSystem {
  readonly outFolder: string
  readonly returnsFolder: string
  readonly register: Elector[]
  /** Takes all files away and applies them. */
  take(): Promise<void>
  /** How often each line, `<request>/<person>`, has come. */
  readonly record: ReadonlyMap<string, number>
  /** What became of each line, in the words of a return file, told or not. */
  readonly results: ReadonlyMap<string, string>
  /** A return file about all that was applied and not told of. */
  answer(mischief?: Mischief): Promise<string>
  /** A return file of these very lines. */
  answerWith(text: string): Promise<string>
  /** Puts files where the folders should be. */
  breakFolders(): Promise<void>
  /** Names of all that lies in the folders, those of the notes too. */
  listing(): Promise<string>
  close(): Promise<void>
}

const header = ['REQUEST_ID', 'PERSON_NO', 'RESULT', 'ELECTOR_NO', 'CANDIDATES', 'REASON']

export interface FakeSystemOptions {
  /** Where its folders are, over restarts; its register is not. Default: a folder that goes with it. */
  readonly folder?: string
}

export async function startFakeSystem({ folder: given }: FakeSystemOptions = {}): Promise<FakeSystem> {
  const root = given ?? (await mkdtemp(join(tmpdir(), 'electoral-')))
  const [outFolder, returnsFolder, own] = ['in', 'returns', 'own'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ]
  for (const folder of [outFolder, returnsFolder, own]) await mkdir(folder, { recursive: true })
  const register: Elector[] = []
  const record = new Map<string, number>()
  const results = new Map<string, string>()
  let untold: string[][] = []
  // Names go on where those of an earlier start ended.
  let files = given === undefined ? 0 : Date.now()
  let taking: Promise<unknown> = Promise.resolve()

  async function put(text: string): Promise<string> {
    files += 1
    const name = `return-${String(files).padStart(3, '0')}.csv`
    await writeFile(join(returnsFolder, `.${name}.part`), text)
    await rename(join(returnsFolder, `.${name}.part`), join(returnsFolder, name))
    return name
  }

  async function takeAll(): Promise<void> {
    for (const name of (await readdir(outFolder)).filter((each) => !each.startsWith('.')).sort()) {
      const taken = join(own, `${Date.now()}-${record.size}-${name}`)
      await rename(join(outFolder, name), taken)
      const [names = [], ...lines] = (await readFile(taken, 'utf8')).trimEnd().split('\r\n').map(cellsOf)
      for (const line of lines) {
        const cell = (heading: string) => line[names.indexOf(heading)] ?? ''
        const key = `${cell('REQUEST_ID')}/${cell('PERSON_NO')}`
        record.set(key, (record.get(key) ?? 0) + 1)
        const [result, ...rest] = apply(register, cell)
        results.set(key, result)
        untold.push([cell('REQUEST_ID'), cell('PERSON_NO'), result, ...rest])
      }
    }
  }

  return {
    outFolder,
    returnsFolder,
    register,
    record,
    results,
    take() {
      const taken = taking.then(takeAll)
      taking = taken.catch(() => undefined)
      return taken
    },
    async answer({ missing, doubled, unknown, half } = {}) {
      const told = untold.filter((_, index) => !missing || index % 2 === 0)
      untold = []
      const lines = doubled ? told.flatMap((line) => [line, line]) : told
      const strange = unknown ? [['nobody-asked', '1', 'OK', 'E1', '', ''], ['what is this']] : []
      const text = [header, ...lines, ...strange].map((line) => csvLine(line)).join('')
      if (!half) return await put(text)
      files += 1
      const name = `return-${String(files).padStart(3, '0')}.csv`
      await writeFile(join(returnsFolder, name), text.slice(0, -8))
      return name
    },
    answerWith: put,
    async breakFolders() {
      for (const folder of [outFolder, returnsFolder]) {
        await rm(folder, { recursive: true, force: true })
        await writeFile(folder, 'in the way')
      }
    },
    listing: async () => (await readdir(root, { recursive: true })).toSorted().join('\n'),
    close: async () => (given === undefined ? rm(root, { recursive: true, force: true }) : undefined),
  }
}

/** Result, elector, candidates and reason of one line. */
function apply(register: readonly Elector[], cell: (heading: string) => string): [string, string, string, string] {
  const given = cell('ELECTOR_NO')
  const matching = register.filter(({ number, forenames, surname }) =>
    given === '' ? forenames === cell('FORENAMES') && surname === cell('SURNAME') : number === given,
  )
  const [elector, ...others] = matching
  if (elector === undefined) return ['NOMATCH', '', '', 'Nobody of this name is on the register.']
  if (others.length > 0) {
    const candidates = matching.map(({ number, surname, address }) => `${number} ${surname}, ${address}`)
    return ['MULTI', '', candidates.join('; '), '']
  }
  if (cell('NEW_POSTCODE') === 'ZZ99 9ZZ')
    return ['REJECTED', elector.number, '', 'The address lies outside the borough.']
  elector.address = `${cell('NEW_PAON')} ${cell('NEW_STREET')}`
  return ['OK', elector.number, '', '']
}
