/** What a terminal would obey, or what would turn the order of letters round. */
const obeyed = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu

/**
 * A text from outside, fit to be shown on one line: a file name or a value could hold sequences that move the cursor,
 * change colours or the title of the window. Such a character is shown as its code instead.
 */
export function printable(text: string): string {
  return text.replace(obeyed, (character) => {
    const code = character.charCodeAt(0)
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`
  })
}
