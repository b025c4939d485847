import type { XmlDocument, XmlElement } from 'libxml2-wasm'
import { elementsIn } from './report-node.ts'

/**
 * The corrections of council tax that append what is proposed (hmrc/voa-bar, RulesCorrectionEngine), as the live service
 * makes them: without looking whether it is there already.
 */
export function appendProposed(document: XmlDocument): void {
  for (const report of elementsIn(document.root)) {
    const code = at(report, 'TypeOfTax', 'CtaxReasonForReport', 'ReasonForReportCode')?.content.trim()
    if (code === 'CR05') appendEntries(report)
    if (code === 'CR12') appendAddress(report)
  }
}

function appendEntries(report: XmlElement): void {
  const existing = at(report, 'ExistingEntries')
  const last = existing && [...elementsIn(existing)].findLast(({ name }) => name === 'AssessmentProperties')
  const proposed = at(report, 'ProposedEntries')
  if (!last || !proposed) return
  for (const property of [...elementsIn(proposed)].filter(({ name }) => name === 'AssessmentProperties').reverse()) {
    copyInto(last.appendElement(property.name, property.prefix), property)
  }
}

function copyInto(copy: XmlElement, original: XmlElement): void {
  for (const { name, value } of original.attrs) copy.setAttr(name, value)
  const children = [...elementsIn(original)]
  for (const child of children) copyInto(copy.addElement(child.name, child.prefix), child)
  const mark = original.name === 'AddressLine' ? '[PROPOSED] ' : ''
  if (children.length === 0) copy.addText(mark + original.content)
}

function appendAddress(report: XmlElement): void {
  const address = at(report, 'ProposedEntries', 'AssessmentProperties', 'PropertyIdentity', 'TextAddress')
  const remarks = at(report, 'Remarks')
  if (!address || !remarks) return
  const lines = [...elementsIn(address)].filter(({ name }) => name === 'AddressLine').map(({ content }) => content)
  const parts = [...lines, at(address, 'Postcode')?.content ?? 'null']
  remarks.addText(` - [PROPOSED] - [${parts.join(',')}]`)
}

/** The first element that the path of names leads to. */
function at(parent: XmlElement, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>(
    (element, name) => element && [...elementsIn(element)].find((child) => child.name === name),
    parent,
  )
}
