/** A long word for a list, its end left out: `3f2a91…`. */
export function shorten(word: string, characters: number): string {
  const all = [...word]
  return all.length <= characters ? word : `${all.slice(0, characters - 1).join('')}…`
}
