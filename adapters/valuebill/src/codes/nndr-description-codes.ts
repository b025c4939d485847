import primary from './nndr-primary-description-codes.json' with { type: 'json' }

/**
 * What kind of property is rated: code -> its titles, at least one. CH1, CH2, CM and CM1 were given out twice, so they
 * have two titles, and nothing in a report tells which is meant. Source: Valuebill 3-1d, NndrPrimaryDescriptionCode.
 */
export const nndrPrimaryDescriptions: ReadonlyMap<string, readonly string[]> = titlesByCode(primary)

/** A part of the property that is used otherwise. Source: Valuebill 3-1d, NndrSecondaryDescriptionCode. */
export const nndrSecondaryDescriptions: ReadonlyMap<string, string> = new Map([
  ['C', 'CAR SPACE'],
  ['O', 'OFFICE (Singular)'],
  ['S', 'STORE'],
  ['W', 'WORKSHOP'],
])

function titlesByCode(pairs: readonly (readonly string[])[]): ReadonlyMap<string, readonly string[]> {
  const titles = new Map<string, string[]>()
  for (const [code = '', title = ''] of pairs) {
    titles.set(code, [...(titles.get(code) ?? []), title])
  }
  return titles
}
