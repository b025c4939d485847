/** Letters that have no accent to be taken off. */
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

function lettersOf(text: string): string {
  const bare = text.toLowerCase().normalize('NFKD').toLowerCase()
  return bare.replace(/[^\p{L}\p{N}]/gu, '').replace(/[ßæœøłđðþı]/g, (letter) => plain[letter] ?? letter)
}

/** A family name for comparing: `O’Synthetic`, `O'SYNTHETIC` and `o synthetic` are one; so are `Müller` and `Muller`. */
export function familyKey(name: string): string {
  return lettersOf(name)
}

/** Given names for comparing, one after the other with a blank between. */
export function givenKey(names: string): string {
  return names
    .split(/[\s\p{Pd}.,]+/u)
    .map(lettersOf)
    .filter((name) => name !== '')
    .join(' ')
}

/** Whether one may be the other: the same names, or one of them leaves out later ones. Both are `givenKey`s. */
export function givenNamesAgree(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  return short !== '' && `${long} `.startsWith(`${short} `)
}
