import { ChangeForm, controlTexts, type FilledChange, type HostileText, hostileTexts } from './hostile-change.ts'
import { TellUsOnce, type TellUsOnceOptions, type Told } from './tell-us-once.ts'
import type { Change } from './tell-us-once-people.ts'

/** A change that was told with a hostile text, and what the CRM's clerk has said to it. */
export interface HostileCase extends HostileText, Told {
  readonly change: FilledChange
  /** The id of its message. */
  readonly id: string
  readonly emailAddress: string
  readonly words: string
}

export interface HostileJourney {
  readonly journey: TellUsOnce
  readonly form: ChangeForm
  /** With nothing bad in it: what the others are held against. */
  readonly plain: HostileCase
  readonly cases: readonly HostileCase[]
}

const services = ['customer-record', 'council-tax', 'electoral-register']
const harmless = { what: 'nothing', text: 'Tannery Mews ' }

/**
 * Brings a change for every text, of a person whom each office knows under that name, and waits until all is done with: the clerk
 * of the CRM rejects each with the text for a reason, the other offices take it over.
 */
export async function hostileJourney(options: TellUsOnceOptions): Promise<HostileJourney> {
  const journey = await TellUsOnce.start(options)
  try {
    const form = await ChangeForm.read(journey.doorUrl)
    const plain = await tellOf(journey, form, 0, harmless, harmless.text)
    const cases = [
      ...(await inTurn(hostileTexts, (each, at) => tellOf(journey, form, at + 1, each, each.text))),
      // The door lets none of these in: they come from an office.
      ...(await inTurn(controlTexts, (each, at) =>
        tellOf(journey, form, hostileTexts.length + at + 1, { ...each, text: `${harmless.text}${at}` }, each.text),
      )),
    ]
    await decide(journey, [plain, ...cases])
    return { journey, form, plain, cases }
  } catch (fault) {
    await journey[Symbol.asyncDispose]()
    throw fault
  }
}

async function tellOf(
  journey: TellUsOnce,
  form: ChangeForm,
  number: number,
  hostile: HostileText,
  words: string,
): Promise<HostileCase> {
  const emailAddress = `=cmd/*&?x#y%!_+${number}@example.org`
  const uprn = `${990000000000 + number}`
  const change: FilledChange = { ...form.hostile(hostile, { emailAddress, uprn }), tell: services }
  await moveIn(journey, number, change)
  const told = await journey.tell(change as Change)
  const { message } = (await journey.operations.track(told)) ?? {}
  return { ...hostile, ...told, change, id: message?.id ?? '', emailAddress, words }
}

/** Each office knows the person and the household. */
async function moveIn({ offices }: TellUsOnce, number: number, { person, household }: FilledChange): Promise<void> {
  const { crm, councilTax, electoral } = offices
  const { personGivenName: givenName, personFamilyName: familyName, personBirthDate: birthDate = '' } = person
  crm.setPersons([...crm.persons(), { reference: `H-${number}`, givenName, familyName, birthDate }])
  await councilTax.addAccounts({ accountRef: `8000${number}`, givenName, familyName, birthDate })
  for (const [index, each] of [person, ...household].entries()) {
    electoral.register.push({
      number: `EH-${number}-${index}`,
      forenames: inSpreadsheet(each.personGivenName),
      surname: inSpreadsheet(each.personFamilyName),
      address: '14 Tannery Row',
    })
  }
}

/** What would run in a spreadsheet comes with an apostrophe before it, into the electoral system too. */
export function inSpreadsheet(text: string): string {
  return /^[=+\-@]/.test(text) ? `'${text}` : text
}

async function decide(journey: TellUsOnce, cases: readonly HostileCase[]): Promise<void> {
  const { crm, councilTax, electoral } = journey.offices
  for (const told of cases) {
    for (const system of ['crm', 'council-tax', 'electoral']) await journey.until(told, system, 'delivered')
  }
  for (const { caseId, personReference } of crm.cases()) {
    const { words } = cases[Number(personReference.slice('H-'.length))] ?? {}
    crm.changeStatus(caseId, 'rejected', words)
  }
  await councilTax.work()
  await electoral.take()
  await electoral.answer()
  for (const told of cases) {
    await journey.until(told, 'crm', 'needs-a-person')
    for (const system of ['council-tax', 'electoral']) await journey.until(told, system, 'confirmed')
  }
  await journey.lettersTo('crm-team@sallowmere.example', cases.length)
  for (const { emailAddress } of cases) await journey.lettersTo(emailAddress)
}

async function inTurn<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const [index, item] of items.entries()) results.push(await work(item, index))
  return results
}
