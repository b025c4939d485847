import type { CatalogueEntry } from '../entry.ts'

/** What a message must look like. Most of these are codes of a `Problem`; the place stands in the problem itself. */
export const formatsErrors = {
  PRV_FORMATS_NOT_WELL_FORMED: {
    failureClass: 'message-bad',
    status: 400,
    text: 'The source is not well formed: {rule}.',
    remedy: 'Have the program that wrote it write it again; a file that was cut off must be copied again.',
  },
  PRV_FORMATS_DOCTYPE: {
    failureClass: 'message-bad',
    status: 400,
    text: 'The source has a DOCTYPE declaration, which is never read.',
    remedy: 'Take the DOCTYPE line out, with everything between its brackets, and send the file again.',
  },
  PRV_FORMATS_XML_VERSION: {
    failureClass: 'message-bad',
    status: 400,
    text: 'The source says that it is XML {version}; only XML 1.0 is read.',
    remedy: 'Have it written as XML 1.0.',
  },
  PRV_FORMATS_ENCODING: {
    failureClass: 'message-bad',
    status: 400,
    text: 'The bytes of the source are not in the encoding that it declares: {rule}.',
    remedy: 'Have it saved as UTF-8, with encoding="UTF-8" in its first line.',
  },
  PRV_FORMATS_LIMIT: {
    failureClass: 'message-bad',
    status: 413,
    text: 'The source goes over a limit: {rule}.',
    remedy: 'Split the source, or raise the limit in the configuration if the size is right.',
  },
  PRV_FORMATS_STRUCTURE: {
    failureClass: 'message-bad',
    status: 422,
    text: 'The source is not laid out as this kind of file is: {rule}.',
    remedy: 'Check that the right kind of file was chosen, and have it written again.',
  },
  PRV_FORMATS_CHARACTER: {
    failureClass: 'message-bad',
    status: 422,
    text: 'A value holds a character that the format cannot write: {rule}.',
    remedy: 'Take the character out of the value at its source, or replace it.',
  },
  PRV_FORMATS_SCHEMA: {
    failureClass: 'message-bad',
    status: 422,
    text: 'The message does not keep a rule of its schema: {rule}.',
    remedy: 'Correct the value at the place that the problem names, and send the message again.',
  },
  PRV_FORMATS_LAYOUT_UNUSABLE: {
    failureClass: 'operator',
    status: 500,
    text: 'The record layout {file} cannot be used: {reason}',
    remedy: 'Put the file right; docs/how-to/declare-a-record-layout.md says what may stand in it.',
  },
  PRV_FORMATS_SCHEMA_UNUSABLE: {
    failureClass: 'operator',
    status: 500,
    text: 'The schema {schema} cannot be used: {reason}',
    remedy: 'Check the schema folder in the configuration: all files that the schema includes must lie in it.',
  },
} as const satisfies Record<string, CatalogueEntry>
