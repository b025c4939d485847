import type { Structure } from './raw/structure.ts'

/** One member of a node, in either spelling. `structure` is `null` for text. */
export interface Member {
  readonly raw: string
  readonly canonical: string
  readonly structure: Structure<unknown> | null
}

/** Spellings that do not follow from the rule `first letter small`. */
const names: Readonly<Record<string, string>> = {
  UniquePropertyReferenceNumber: 'uprn',
  UniqueStreetReferenceNumber: 'usrn',
  BAreference: 'baReference',
  BS7666Address: 'bs7666Address',
  SAON: 'saon',
  PAON: 'paon',
}

export interface MemberNames {
  readonly byRaw: ReadonlyMap<string, Member>
  readonly byCanonical: ReadonlyMap<string, Member>
}

const known = new Map<Structure<unknown>, MemberNames>()

/** How the members of a structure are called in the canonical model. Worked out once for each structure. */
export function memberNames(structure: Structure<unknown>): MemberNames {
  let result = known.get(structure)
  if (result === undefined) {
    const members = membersOf(structure)
    result = {
      byRaw: new Map(members.map((member) => [member.raw, member])),
      byCanonical: new Map(members.map((member) => [member.canonical, member])),
    }
    known.set(structure, result)
  }
  return result
}

function membersOf(structure: Structure<unknown>): Member[] {
  // BS7666 spells it PostCode, AddressTypes too; the model keeps that of AddressTypes only.
  const isBs7666 = structure.byName.has('StreetDescription')
  return [
    ...structure.attributes.map((name) => ({ raw: `@${name}`, canonical: small(name), structure: null })),
    ...structure.parts.flatMap((part) => {
      const canonical = isBs7666 && part.name === 'PostCode' ? 'postcode' : (names[part.name] ?? small(part.name))
      return [
        { raw: part.name, canonical, structure: part.structure },
        ...part.attributes.map((name) => ({
          raw: `${part.name}@${name}`,
          canonical: canonical + name,
          structure: null,
        })),
      ]
    }),
  ]
}

function small(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
