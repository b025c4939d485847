import fc from 'fast-check'
import { arbitrarySubmission } from './valuebill-arbitrary.ts'
import type { Document } from './valuebill-corpus.ts'
import { writeXml } from './xml-tree.ts'

const [submission = { name: 'BAreports', attributes: {}, content: [] }] = fc
  .sample(arbitrarySubmission, { seed: 7, numRuns: 50 })
  .map((root) => ({ root, size: writeXml(root).length }))
  .sort((a, b) => a.size - b.size)
  .map(({ root }) => root)
const text = writeXml(submission, { indent: 1 })
const latin = text.replace(/[^\0-\xff]/g, '-')
const ascii = text.replace(/[^\0-\x7f]/g, '-')

/** The same report in encodings, with faults of writing, with document types, and documents with another root. */
export function writtenDocuments(): Document[] {
  return [...encodings(), ...faults(), ...documentTypes(), ...roots()].map(([name, bytes]) => ({ name, bytes }))
}

function encodings(): [string, Uint8Array][] {
  const declared = (encoding: string, body: string) => `<?xml version="1.0" encoding="${encoding}"?>\n${body}`
  return [
    ['UTF-8 without a declaration', utf8(text)],
    ['UTF-8 declared', utf8(declared('UTF-8', text))],
    ['UTF-8 with a byte order mark', utf8(`\ufeff${declared('UTF-8', text)}`)],
    ['UTF-16 little-endian with a mark', utf16(`\ufeff${declared('UTF-16', text)}`)],
    ['UTF-16 big-endian with a mark', utf16(`\ufeff${declared('UTF-16', text)}`).swap16()],
    ['UTF-16 declared, UTF-8 written', utf8(declared('UTF-16', ascii))],
    ['ISO-8859-1 declared and written', Buffer.from(declared('ISO-8859-1', latin), 'latin1')],
    ['US-ASCII declared and written', utf8(declared('US-ASCII', ascii))],
    ['ISO-8859-15 declared, ASCII written', utf8(declared('ISO-8859-15', ascii))],
    ['windows-1252 declared, ASCII written', utf8(declared('windows-1252', ascii))],
    ['unknown encoding declared', utf8(declared('x-unknown', ascii))],
    ['UTF-8 declared, ISO-8859-1 written', Buffer.from(declared('UTF-8', `<!-- caf\u00e9 -->${latin}`), 'latin1')],
    ['XML 1.1', utf8(`<?xml version="1.1"?>${ascii}`)],
    [
      'XML 1.1 with a control character',
      utf8(`<?xml version="1.1"?><!-- -->${ascii.replace('<Remarks>', '<Remarks>&#1;')}`),
    ],
    ['XML 2.0', utf8(`<?xml version="2.0"?>${ascii}`)],
  ]
}

function faults(): [string, Uint8Array][] {
  const without = (part: string) => text.replace(part, '')
  return [
    ['empty file', utf8('')],
    ['only white space', utf8(' \n')],
    ['not XML', utf8('BillingAuthority,ProcessDate\nSallowmere,2026-01-01\n')],
    ['cut in half', utf8(text.slice(0, text.length / 2))],
    ['without its last character', utf8(text.slice(0, -1))],
    ['without an end tag', utf8(without('</BAreportHeader>'))],
    ['without a start tag', utf8(without('<BAreportHeader>'))],
    ['end tag in other case', utf8(text.replace('</BAreportHeader>', '</BAReportHeader>'))],
    ['without a quotation mark', utf8(without('SchemaVersion="'))],
    ['attribute twice', utf8(text.replace(' SchemaId=', ' SchemaId="" SchemaId='))],
    [
      'undeclared prefix',
      utf8(text.replace('<BAreportHeader>', '<x:BAreportHeader>').replace('</BAreportHeader>', '</x:BAreportHeader>')),
    ],
    ['undeclared entity', utf8(text.replace('<BAreportHeader>', '<BAreportHeader>&nbsp;'))],
    ['bare ampersand', utf8(text.replace('<BAreportHeader>', '<BAreportHeader>&'))],
    ['NUL character', utf8(text.replace('<BAreportHeader>', '<BAreportHeader>\0'))],
    ['NUL reference', utf8(text.replace('<BAreportHeader>', '<BAreportHeader>&#0;'))],
    ['control character', utf8(text.replace('<BAreportHeader>', '<BAreportHeader>\u0008'))],
    ['lone surrogate reference', utf8(text.replace('<BAreportHeader>', '<BAreportHeader>&#xD800;'))],
    ['U+FFFE', utf8(text.replace('<BAreportHeader>', '<BAreportHeader>\ufffe'))],
    ['two roots', utf8(text + text)],
    ['text after the root', utf8(`${text}x`)],
    ['white space and a comment after the root', utf8(`${text}\n<!-- end -->\n`)],
    ['white space before the declaration', utf8(` <?xml version="1.0"?>${text}`)],
    ['comment with two hyphens', utf8(text.replace('<BAreportHeader>', '<BAreportHeader><!-- a -- b -->'))],
    [
      'CDATA with white space between elements',
      utf8(text.replace('<BAreportHeader>', '<BAreportHeader><![CDATA[ ]]>')),
    ],
    ['white-space reference between elements', utf8(text.replace('<BAreportHeader>', '<BAreportHeader>&#32;'))],
    ['CDATA with text between elements', utf8(text.replace('<BAreportHeader>', '<BAreportHeader><![CDATA[x]]>'))],
  ]
}

function documentTypes(): [string, Uint8Array][] {
  const entity = (value: string) => `<!DOCTYPE BAreports [<!ENTITY e ${value}>]>\n`
  const used = text.replace('<BAreportTrailer>', '<BAreportTrailer>&e;')
  return [
    ['document type without a subset', utf8(`<!DOCTYPE BAreports>\n${text}`)],
    ['entity of white space between elements', utf8(entity('"  "') + used)],
    ['entity of text between elements', utf8(entity('"x"') + used)],
    ['entity that holds itself', utf8(entity('"&e;"') + used)],
  ]
}

function roots(): [string, Uint8Array][] {
  const bs7666 = 'xmlns="http://www.govtalk.gov.uk/people/bs7666"'
  const report = /<BApropertyReport>[\s\S]*<\/BApropertyReport>/.exec(text)?.[0] ?? ''
  return [
    ['one report as root', utf8(report.replace('>', ' xmlns="http://www.govtalk.gov.uk/LG/Valuebill">'))],
    ['no namespace', utf8('<BAreports SchemaId="" SchemaVersion=""/>')],
    ['Town as root', utf8(`<Town ${bs7666}>Reed End</Town>`)],
    ['Locality as root', utf8(`<Locality ${bs7666}>${'x'.repeat(36)}</Locality>`)],
    ['AdministrativeArea as root', utf8(`<AdministrativeArea ${bs7666}>Sallowmere</AdministrativeArea>`)],
    [
      'UniquePropertyReferenceNumber as root',
      utf8(`<UniquePropertyReferenceNumber ${bs7666}>1</UniquePropertyReferenceNumber>`),
    ],
    [
      'BS7666Address as root',
      utf8(
        `<BS7666Address ${bs7666}><PAON><Description>The Mill</Description></PAON><StreetDescription>x</StreetDescription><Town>y</Town></BS7666Address>`,
      ),
    ],
    ['BS7666BLPU as root', utf8(landAndPropertyUnit(bs7666))],
    ['StreetDescription as root', utf8(`<StreetDescription ${bs7666}>Mill Lane</StreetDescription>`)],
  ]
}

function landAndPropertyUnit(declaration: string): string {
  const days = (prefix: string) =>
    `<${prefix}EntryDate>2026-01-01</${prefix}EntryDate><${prefix}StartDate>2026-01-01</${prefix}StartDate>`
  return `<BS7666BLPU ${declaration}><UniquePropertyReferenceNumber>1</UniquePropertyReferenceNumber>
<CustodianCode>9999</CustodianCode><RepresentativePointCode>1</RepresentativePointCode><LogicalStatus>1</LogicalStatus>
<GridReference><X>1</X><Y>1</Y></GridReference><BLPUentryDate>2026-01-01</BLPUentryDate>
<BLPUstartDate>2026-01-01</BLPUstartDate><BLPUlastUpdateDate>2026-01-01</BLPUlastUpdateDate>
<LandAndPropertyIdentifier><PAON><Description>The Mill</Description></PAON><LogicalStatus>1</LogicalStatus>
<LPIstartDate>2026-01-01</LPIstartDate><LPIentryDate>2026-01-01</LPIentryDate>
<LPIlastUpdateDate>2026-01-01</LPIlastUpdateDate><USRN>1</USRN></LandAndPropertyIdentifier>
<Provenance><ProvenanceCode>T</ProvenanceCode>${days('Prov')}
<ProvLastUpdateDate>2026-01-01</ProvLastUpdateDate></Provenance></BS7666BLPU>`
}

function utf8(document: string): Buffer {
  return Buffer.from(document, 'utf8')
}

function utf16(document: string): Buffer {
  return Buffer.from(document, 'utf16le')
}
