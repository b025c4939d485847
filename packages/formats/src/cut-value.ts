const longest = 80

/** A value as a problem may show it: at most 80 characters, control characters made visible, an ellipsis where cut. */
export function cutValue(value: string): string {
  const cut = value.length > longest ? `${value.slice(0, longest - 1).toWellFormed()}…` : value
  return cut
    .replace(/\p{Cc}/gu, (control) =>
      control === '\n' || control === '\t'
        ? ' '
        : `<U+${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`,
    )
    .slice(0, longest)
}
