import fc from 'fast-check'
import { arbitrarySubmission } from './valuebill-arbitrary.ts'
import { type Damage, namedTypes, ofType, structuralDamage } from './valuebill-damage.ts'
import { edgeValues, wideValues } from './valuebill-edge-values.ts'
import { replaceAt, type WriteStyle, walk, writeXml, type XmlElement } from './xml-tree.ts'

/** A document to be judged. The name tells what was done to it, and is unique. */
export interface Document {
  readonly name: string
  readonly bytes: Uint8Array
}

const seed = 1993

/** Random submissions that must be valid, written in several styles. */
export function validDocuments(count: number): Document[] {
  return fc.sample(arbitrarySubmission, { seed, numRuns: count }).map((root, index) => ({
    name: `random ${index}`,
    bytes: encode(writeXml(root, styles[index % styles.length])),
  }))
}

/** Every kind of structural damage to every kind of element. */
export function structuralDocuments(): Document[] {
  return at(Object.entries(structuralDamage))
}

/** Every named type claimed in `xsi:type` by every kind of element. */
export function typedDocuments(): Document[] {
  return at(namedTypes.map((name) => [`of type ${name}`, ofType(name)]))
}

/** Every edge value in every kind of element that holds text. */
export function valueDocuments(): Document[] {
  return at([...edgeValues].map(([name, value]) => [`with ${name}`, withText(value)]))
}

/** Characters beyond U+FFFF at the limit of every kind of element that holds text. */
export function wideDocuments(): Document[] {
  return at([...wideValues].map(([name, value]) => [`with ${name}`, withText(value)]))
}

/** Random submissions with two to four random kinds of damage in random places. */
export function battered(count: number): Document[] {
  const kinds = [
    ...Object.entries(structuralDamage),
    ...[...edgeValues].map(([name, value]): [string, Damage] => [`with ${name}`, withText(value)]),
  ]
  const batter = fc.tuple(arbitrarySubmission, fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 2, maxLength: 4 }))
  return fc.sample(batter, { seed: seed + 1, numRuns: count }).map(([start, blows], index) => {
    let root = start
    const done: string[] = []
    for (const [place, kind] of blows) {
      const elements = [...walk(root)]
      const [path, element] = elements[place % elements.length] ?? [[], root]
      const [name, damage] = kinds[kind % kinds.length] ?? ['', () => undefined]
      const damaged = damage(root, path, element)
      if (!damaged) continue
      root = damaged
      done.push(`${element.name} ${name}`)
    }
    return { name: `battered ${index}: ${done.join(' and ')}`, bytes: encode(writeXml(root)) }
  })
}

const styles: readonly WriteStyle[] = [
  {},
  { indent: 2 },
  { names: 'prefixed', indent: 1 },
  { text: 'cdata' },
  { between: '<!-- a comment --><?an instruction?>' },
]

/** A kind of element, a document that has one, the way to it, and itself. */
type Place = readonly [string, XmlElement, readonly number[], XmlElement]
let places: Place[] | undefined

/** The smallest of many random documents for each kind of element (its name and its parent's), and where it stands. */
function findPlaces(): Place[] {
  const found = new Map<string, Place>()
  const roots = fc
    .sample(arbitrarySubmission, { seed: seed + 2, numRuns: 1000 })
    .sort((a, b) => [...walk(a)].length - [...walk(b)].length)
  for (const root of roots) {
    const byPath = new Map([...walk(root)].map(([path, element]) => [path.join('/'), element]))
    for (const [path, element] of walk(root)) {
      const parent = path.length === 0 ? '' : `${byPath.get(path.slice(0, -1).join('/'))?.name}/`
      const kind = parent + element.name
      if (!found.has(kind)) found.set(kind, [kind, root, path, element])
    }
  }
  return [...found.values()]
}

function at(damages: readonly (readonly [string, Damage])[]): Document[] {
  places ??= findPlaces()
  return places.flatMap(([kind, root, path, element]) =>
    damages.flatMap(([name, damage]) => {
      const damaged = damage(root, path, element)
      return damaged ? [{ name: `${kind} ${name}`, bytes: encode(writeXml(damaged)) }] : []
    }),
  )
}

function withText(value: string): Damage {
  return (root, path, element) =>
    typeof element.content === 'string' ? replaceAt(root, path, (found) => [{ ...found, content: value }]) : undefined
}

function encode(document: string): Uint8Array {
  return new TextEncoder().encode(document)
}
