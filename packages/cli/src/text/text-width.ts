/** Wider lines tire the eye. */
const widest = 100
const narrowest = 40

/** Width of a text for a terminal, in characters. */
export function textWidth({ columns }: { readonly columns: number }): number {
  return Math.max(narrowest, Math.min(widest, columns))
}
