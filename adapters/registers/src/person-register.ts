import type { Question } from '@portreeve/adapter-sdk'
import type { InboxFile } from '@portreeve/endpoints'
import { personLayout } from './layouts.ts'
import { familyKey, givenKey, givenNamesAgree } from './names.ts'
import { type RegisterOptions, readRegister } from './read-register.ts'
import type { PersonRow } from './vendor-types.ts'

interface Kept extends PersonRow {
  readonly givenKey: string
}

/** Persons by their names. */
export class PersonRegister {
  readonly #byFamily: ReadonlyMap<string, readonly Kept[]>

  private constructor(byFamily: ReadonlyMap<string, readonly Kept[]>) {
    this.#byFamily = byFamily
  }

  /** Rejects as `readRegister` does. */
  static async read(file: InboxFile, { encoding, ...options }: RegisterOptions): Promise<PersonRegister> {
    const byFamily = new Map<string, Kept[]>()
    const references = new Set<string>()
    await readRegister(file, {
      ...options,
      layout: { ...personLayout, encoding },
      take({ personReference, personFamilyName, personGivenName, personBirthDate, uprn }) {
        const reference = String(personReference)
        if (references.has(reference)) return 'personReference'
        references.add(reference)
        const kept: Kept = {
          personReference: reference,
          personFamilyName: String(personFamilyName),
          personGivenName: String(personGivenName),
          ...(typeof personBirthDate === 'string' && { personBirthDate }),
          ...(typeof uprn === 'string' && { uprn }),
          givenKey: givenKey(String(personGivenName)),
        }
        const key = familyKey(kept.personFamilyName)
        const family = byFamily.get(key)
        if (family) family.push(kept)
        else byFamily.set(key, [kept])
        return null
      },
    })
    return new PersonRegister(byFamily)
  }

  /**
   * Who may be meant: the names agree, and so do the dates of birth where both are known. When one of these has the council's
   * own reference that was given, nobody else is.
   */
  find({ personFamilyName, personGivenName, personBirthDate, customer }: Question<'persons'>): readonly PersonRow[] {
    const given = givenKey(personGivenName)
    const found = (this.#byFamily.get(familyKey(personFamilyName)) ?? []).filter(
      (person) =>
        givenNamesAgree(person.givenKey, given) &&
        (personBirthDate === undefined ||
          person.personBirthDate === undefined ||
          person.personBirthDate === personBirthDate),
    )
    const named = found.filter(({ personReference }) => personReference === customer)
    return named.length > 0 ? named : found
  }
}
