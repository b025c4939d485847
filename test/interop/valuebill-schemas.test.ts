import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { validateXML } from 'xsd-schema-validator'
import { libxml2Verdicts, openSchema } from '../support/libxml2-verdicts.ts'
import {
  battered,
  type Document,
  structuralDocuments,
  typedDocuments,
  validDocuments,
  valueDocuments,
  wideDocuments,
} from '../support/valuebill-corpus.ts'
import { writtenDocuments } from '../support/valuebill-writings.ts'
import type { Verdict } from '../support/verdict.ts'
import { hasJavaCompiler, xercesVerdicts } from '../support/xerces-verdicts.ts'
import { differences, judges } from './valuebill-differences.ts'

const ours = pathOf('../../schemas/xml/valuebill/valuebill-ba-to-voa.xsd')
const shared = pathOf('../../../shared/data/valuebill/')
const published = `${shared}xsd/ValuebillBAtoVOA-v3-1d.xsd`
const hasPublished = existsSync(published)
const hasJava = hasJavaCompiler()
const needsPublished = ' [needs shared data]'
const needsJava = ' [needs a JDK]'

const samples: Document[] = hasPublished
  ? readdirSync(`${shared}samples`).map((name) => ({ name, bytes: readFileSync(`${shared}samples/${name}`) }))
  : []
const valid = validDocuments(300)
const damaged = [
  ...structuralDocuments(),
  ...typedDocuments(),
  ...valueDocuments(),
  ...wideDocuments(),
  ...writtenDocuments(),
  ...battered(500),
]
const documents = [...samples, ...valid, ...damaged]

/** What the judges that are here say of each document; a judge that is absent has no verdicts. */
const verdictsOf = new Map<(typeof judges)[number], readonly Verdict[]>()

beforeAll(async () => {
  const paths = hasPublished ? [ours, published] : [ours]
  const schemas = paths.map(openSchema)
  keep(
    'libxml2',
    documents.map(({ bytes }) => libxml2Verdicts(bytes, schemas)),
  )
  for (const schema of schemas) schema.dispose()
  if (hasJava) {
    keep(
      'Xerces',
      await xercesVerdicts(
        documents.map(({ bytes }) => bytes),
        paths,
      ),
    )
  }
}, 180_000)

describe('our schema of billing authority reports', () => {
  it('is tried with enough documents of both kinds', () => {
    const verdicts = verdictsOf.get('ours, libxml2') ?? []
    const count = (wanted: Verdict['verdict']) => verdicts.filter(({ verdict }) => verdict === wanted).length
    expect(damaged.length).toBeGreaterThan(10_000)
    expect(count('valid')).toBeGreaterThan(5_000)
    expect(count('invalid')).toBeGreaterThan(5_000)
    expect(count('malformed')).toBeGreaterThan(20)
    expect(new Set(documents.map(({ name }) => name)).size).toBe(documents.length)
  })

  it('accepts every report made by the rules', () => {
    const refused = valid.flatMap(({ name }, index) => {
      const verdict = verdictsOf.get('ours, libxml2')?.[samples.length + index]
      return verdict?.verdict === 'valid' ? [] : [`${name}: ${verdict?.message}`]
    })
    expect(refused).toEqual([])
  })

  it('names in the generated reports every element and attribute that it declares', () => {
    const declared = ['valuebill-ba-to-voa', 'bs7666', 'apd', 'pdt'].flatMap((file) => {
      const schema = readFileSync(pathOf(`../../schemas/xml/valuebill/${file}.xsd`), 'utf8')
      return [...schema.matchAll(/<xs:(?:element|attribute) name="(\w+)"/g)].map(([, name = '']) => name)
    })
    const text = valid.map(({ bytes }) => new TextDecoder().decode(bytes)).join('\n')
    const used = new Set([...text.matchAll(/(?:<(?:\w+:)?| )(\w+)(?=[ />=])/g)].map(([, name]) => name))
    expect(declared.filter((name) => !used.has(name))).toEqual([])
    expect(declared.length).toBeGreaterThan(80)
  })

  it.skipIf(!hasPublished)(`judges as the published one under libxml2${needsPublished}`, () => {
    expect(unexplained(['ours, libxml2', 'published, libxml2'])).toEqual([])
  })

  it.skipIf(!hasPublished || !hasJava)(
    `judges as the published one under Xerces${hasJava ? needsPublished : needsJava}`,
    () => {
      expect(unexplained(['ours, Xerces', 'published, Xerces'])).toEqual([])
    },
  )

  it.skipIf(!hasJava)(`means the same to libxml2 as to Xerces${needsJava}`, () => {
    expect(unexplained(['ours, libxml2', 'ours, Xerces'])).toEqual([])
  })

  it.skipIf(!hasPublished || !hasJava)(
    `has no explained difference that went away${hasJava ? needsPublished : needsJava}`,
    () => {
      const stale = differences.filter(
        ({ documents: named, verdicts }) =>
          !documents.some(({ name }, index) => named.test(name) && same(verdicts, allVerdicts(index))),
      )
      expect(stale.map(({ documents: named, reason }) => `${named}: ${reason}`)).toEqual([])
      expect(differences.filter(({ verdicts }) => new Set(verdicts).size === 1)).toEqual([])
    },
  )

  it.skipIf(!hasPublished || !hasJava)(
    `judges the samples as xsd-schema-validator does${hasJava ? needsPublished : needsJava}`,
    async () => {
      compileXsdSchemaValidator()
      for (const [index, { name }] of samples.entries()) {
        const accepted = await validateXML({ file: `${shared}samples/${name}` }, ours).then(
          ({ valid: ok }) => ok,
          (refusal: { valid: boolean }) => refusal.valid,
        )
        expect(`${name} ${accepted}`).toBe(`${name} ${verdictsOf.get('ours, libxml2')?.[index]?.verdict === 'valid'}`)
      }
    },
    120_000,
  )
})

/** The documents on which two judges disagree, but for those that the table explains. */
function unexplained(between: readonly (typeof judges)[number][]): string[] {
  return documents.flatMap(({ name }, index) => {
    const verdicts = between.map((judge) => verdictsOf.get(judge)?.[index])
    if (same(verdicts.map((found) => found?.verdict))) return []
    const known = differences.some(
      (difference) =>
        difference.documents.test(name) &&
        between.every((judge, at) => difference.verdicts[judges.indexOf(judge)] === verdicts[at]?.verdict),
    )
    return known ? [] : [`${name}: ${between.map((judge, at) => `${judge}: ${told(verdicts[at])}`).join('; ')}`]
  })
}

function allVerdicts(index: number): (Verdict['verdict'] | undefined)[] {
  return judges.map((judge) => verdictsOf.get(judge)?.[index]?.verdict)
}

function same(verdicts: readonly unknown[], others: readonly unknown[] = verdicts.map(() => verdicts[0])): boolean {
  return verdicts.every((verdict, index) => verdict === others[index])
}

function told(verdict: Verdict | undefined): string {
  return verdict ? `${verdict.verdict} ${verdict.message}`.trim() : 'absent'
}

function keep(processor: 'libxml2' | 'Xerces', verdicts: readonly (readonly Verdict[])[]): void {
  for (const [at, whose] of (['ours', 'published'] as const).entries()) {
    const column = verdicts.flatMap((row) => row[at] ?? [])
    if (column.length > 0) verdictsOf.set(`${whose}, ${processor}`, column)
  }
}

/** Its install step, which package managers do not run unasked; the class that it ships may need a newer Java. */
function compileXsdSchemaValidator(): void {
  const main = createRequire(import.meta.url).resolve('xsd-schema-validator')
  execFileSync(process.execPath, [join(dirname(main), 'post-install.js')], { stdio: 'pipe' })
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url))
}
