import type { ErrorCode, YAMLError } from 'yaml'

type Said = { readonly sentence: string; readonly remedy: string }

const noColon: Said = {
  sentence: 'A colon is missing after the key of this line.',
  remedy: 'Write it as "key: value".',
}

const faults: Partial<Record<ErrorCode, Said>> = {
  DUPLICATE_KEY: { sentence: 'This key stands twice.', remedy: 'Keep one of the two.' },
  TAB_AS_INDENT: { sentence: 'This line is indented with a tab.', remedy: 'Indent with spaces.' },
  BAD_INDENT: {
    sentence: 'This is not indented as it should be, or a bracket before it is not closed.',
    remedy: 'Indent what belongs together by the same number of spaces, and close every [ and {.',
  },
  MISSING_CHAR: {
    sentence: 'A closing quote, bracket or comma is missing before this place.',
    remedy: 'Close what was opened.',
  },
  MULTILINE_IMPLICIT_KEY: noColon,
  BLOCK_AS_IMPLICIT_KEY: {
    sentence: 'This line has a second ": " in it.',
    remedy: 'Put quotes round the value, or begin a new line.',
  },
  BAD_SCALAR_START: { sentence: 'A text cannot begin with @ or `.', remedy: 'Put quotes round it.' },
  BAD_DQ_ESCAPE: {
    sentence: 'This backslash sequence does not exist in double quotes.',
    remedy: 'Use single quotes, or write the backslash twice.',
  },
  TAG_RESOLVE_FAILED: {
    sentence: 'This begins with "!", which makes it a tag that nobody knows.',
    remedy: 'Put quotes round the value.',
  },
  MULTIPLE_DOCS: { sentence: 'A second document begins here.', remedy: 'Take out the line "---".' },
  RESOURCE_EXHAUSTION: { sentence: 'Lists or mappings stand too deep in one another.', remedy: 'Write it flat.' },
}

/** In our own words: the reader's would quote the text that it stumbled over, and that may be a password. */
export function yamlFault({ code, message }: Pick<YAMLError, 'code' | 'message'>): Said {
  // The reader has one code for everything that is missing.
  if (code === 'MISSING_CHAR' && message.startsWith('Implicit map keys')) return noColon
  return faults[code] ?? { sentence: 'This is not YAML.', remedy: 'Correct it, or put quotes round the value.' }
}
