/**
 * What reference numbers are written in. Left out: vowels, so that no number is a word; 0 O Q, 1 I J, 2's Z, 5 S, 8's B,
 * 6's G, U V, which look alike; of letters and digits that sound alike over a telephone (B C D E G P T V, M N, F S,
 * A J K 8, five and nine) all but one or two that stay apart. Seventeen are left, a prime: so arithmetic on them is that
 * of a field, and one check character can do what `checkCharacter` promises.
 */
export const alphabet = '2346789CFHKLMRWXY'

export const base = alphabet.length

/** NATO words for the letters, plain words for the figures. */
export const words: Readonly<Record<string, string>> = {
  2: 'two',
  3: 'three',
  4: 'four',
  6: 'six',
  7: 'seven',
  8: 'eight',
  9: 'nine',
  C: 'Charlie',
  F: 'Foxtrot',
  H: 'Hotel',
  K: 'Kilo',
  L: 'Lima',
  M: 'Mike',
  R: 'Romeo',
  W: 'Whiskey',
  X: 'X-ray',
  Y: 'Yankee',
}
