import { replaceAt, type XmlElement } from './xml-tree.ts'

/**
 * One way to change the element at a place of the tree; the result may still be valid. An answer of `undefined` says that
 * it cannot be done there.
 */
export type Damage = (root: XmlElement, path: readonly number[], element: XmlElement) => XmlElement | undefined

const at =
  (change: (element: XmlElement) => readonly XmlElement[] | undefined): Damage =>
  (root, path, element) => {
    const changed = change(element)
    return changed && replaceAt(root, path, () => changed)
  }

const inside = (element: XmlElement, change: (children: readonly XmlElement[]) => readonly XmlElement[]) =>
  typeof element.content === 'string' ? undefined : [{ ...element, content: change(element.content) }]

const stranger: XmlElement = { name: 'other:Stranger', attributes: {}, content: 'x' }

/** Damage to the structure, by name; text and elements keep their values. */
export const structuralDamage: Readonly<Record<string, Damage>> = {
  dropped: (root, path) => (path.length === 0 ? undefined : replaceAt(root, path, () => [])),
  twice: (root, path) => (path.length === 0 ? undefined : replaceAt(root, path, (element) => [element, element])),
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((count) => [`${count} in all`, inAll(count)])),
  'after its next sibling': (root, path) => {
    const last = path.at(-1)
    if (last === undefined) return undefined
    return replaceAt(root, path.slice(0, -1), (parent) => {
      if (typeof parent.content === 'string') return [parent]
      const content = [...parent.content]
      content.splice(last, 2, ...content.slice(last, last + 2).reverse())
      return [{ ...parent, content }]
    })
  },
  'in lower case': at((element) => [{ ...element, name: element.name.toLowerCase() }]),
  'in the namespace of addresses': at((element) => [{ ...element, name: `bs7666:${local(element)}` }]),
  'in the namespace of reports': at((element) => [{ ...element, name: local(element) }]),
  'in a strange namespace': at((element) => [{ ...element, name: `other:${local(element)}` }]),
  'with a strange attribute': at((element) => [with_(element, { Colour: 'red' })]),
  'with a strange qualified attribute': at((element) => [with_(element, { 'other:colour': 'red' })]),
  'with xml:lang': at((element) => [with_(element, { 'xml:lang': 'cy' })]),
  'with a Description': at((element) => [with_(element, { Description: '' })]),
  'with a Currency': at((element) => [with_(element, { Currency: 'USD' })]),
  'with TelUse': at((element) => [with_(element, { TelUse: 'mobile' })]),
  'with FaxPreferred': at((element) => [with_(element, { FaxPreferred: 'YES' })]),
  'with EmailUsage': at((element) => [with_(element, { EmailUsage: ' work' })]),
  'without its first attribute': withoutAttribute(0),
  'without its last attribute': withoutAttribute(-1),
  'said to be nil': at((element) => [with_(element, { 'xsi:nil': 'true' })]),
  'said not to be nil': at((element) => [with_(element, { 'xsi:nil': 'false' })]),
  'with a schema location': at((element) => [
    with_(element, { 'xsi:schemaLocation': 'urn:example:other nowhere.xsd' }),
  ]),
  emptied: at((element) => [{ ...element, content: '' }]),
  'holding only white space': at((element) => [{ ...element, content: ' \n\t' }]),
  'holding only text': at((element) =>
    typeof element.content === 'string' ? undefined : [{ ...element, content: 'x' }],
  ),
  'holding a strange element first': at((element) => inside(element, (children) => [stranger, ...children])),
  'holding a strange element last': at((element) => inside(element, (children) => [...children, stranger])),
  'holding a strange element instead of text': at((element) =>
    typeof element.content === 'string' ? [{ ...element, content: [stranger] }] : undefined,
  ),
  'in reverse order': at((element) => inside(element, (children) => [...children].reverse())),
}

/** As many elements of this name as `count` beside each other, whatever their number was. */
function inAll(count: number): Damage {
  return (root, path, { name }) => {
    if (path.length === 0) return undefined
    return replaceAt(root, path.slice(0, -1), (parent) => {
      if (typeof parent.content === 'string') return [parent]
      const first = parent.content.findIndex((child) => child.name === name)
      const content = parent.content.flatMap((child, index) => {
        if (child.name !== name) return [child]
        return index === first ? Array.from({ length: count }, () => child) : []
      })
      return [{ ...parent, content }]
    })
  }
}

function withoutAttribute(index: number): Damage {
  return at((element) => {
    const dropped = Object.keys(element.attributes).at(index)
    if (dropped === undefined) return undefined
    return [
      {
        ...element,
        attributes: Object.fromEntries(Object.entries(element.attributes).filter(([key]) => key !== dropped)),
      },
    ]
  })
}

/** The types that a document may name in `xsi:type`, of this flow and of elsewhere. */
export const namedTypes = [
  'BAreportBodyStructure',
  'BApropertySplitMergeStructure',
  'BApropertyIdentificationStructure',
  'CtaxReasonForReportCodeStructure',
  'OccupierContactStructure',
  'MonetaryStructure',
  'BandType',
  'BAreferenceType',
  'OrganisationNameType',
  'TransactionIdentityType',
  'TextAddressStructure',
  'bs7666:UPRNtype',
  'bs7666:BSaddressStructure',
  'bs7666:AONstructure',
  'bs7666:PostCodeType',
  'apd:AddressLineType',
  'apd:TelephoneStructure',
  'pdt:PersonGivenNameType',
  'pdt:PersonNameStructure',
  'core:RestrictedStringType',
  'core:PopulatedStringType',
  'core:NoSuchType',
  'SCATcodeType',
] as const

/** Says that an element is of a type: allowed where the type derives from the declared one. */
export function ofType(name: string): Damage {
  return at((element) => [with_(element, { 'xsi:type': name })])
}

function with_(element: XmlElement, attributes: Readonly<Record<string, string>>): XmlElement {
  return { ...element, attributes: { ...element.attributes, ...attributes } }
}

function local(element: XmlElement): string {
  return element.name.split(':').at(-1) ?? element.name
}
