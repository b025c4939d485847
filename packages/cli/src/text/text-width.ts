/** Wider lines tire the eye. */
const widest = 100
const narrowest = 40
/** Where a terminal reports none, as those of scripts do. */
const usual = 80

/** Width of a text for a terminal, in characters. */
export function textWidth({ columns }: { readonly columns: number }): number {
  return Math.max(narrowest, Math.min(widest, columns || usual))
}
