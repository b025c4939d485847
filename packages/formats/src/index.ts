export { type JsonFormatOptions, jsonFormat } from './json/json-format.ts'
export type { JsonLimits } from './json/json-limits.ts'
export { isLoopback } from './loopback.ts'
export type { ByteSource, MessageFormat, ReadFormatOptions, ReadItem, ReadProgress } from './message-format.ts'
export type { Problem } from './problem.ts'
export { type LayoutFault, layoutFaults } from './records/layout-faults.ts'
export { parseRecordLayout, readRecordLayout } from './records/read-record-layout.ts'
export type { RecordItem } from './records/read-records.ts'
export type { RecordField, RecordValue, RecordValues } from './records/record-field.ts'
export { type RecordFormat, type RecordFormatOptions, recordFormat } from './records/record-format.ts'
export { type RecordLayout, recordLayoutSchema } from './records/record-layout.ts'
export { SourceRefused } from './source-refused.ts'
export { ValueRefused } from './value-refused.ts'
export { type BuildElement, elementsIn, type XmlContent } from './xml/elements-in.ts'
export { type ReadXmlOptions, readXml } from './xml/read-xml.ts'
export { type WriteXmlOptions, writeXml } from './xml/write-xml.ts'
export { type XmlAttribute, XmlElement, type XmlName } from './xml/xml-element.ts'
export type { XmlLimits } from './xml/xml-limits.ts'
export type { XmlPart } from './xml/xml-part.ts'
export {
  type ReadRecordsOptions,
  type XmlOutline,
  type XmlRecords,
  type XmlRecordsOptions,
  xmlRecords,
} from './xml/xml-records.ts'
export { type RecordAt, type XsdValidator, type XsdValidatorOptions, xsdValidator } from './xsd/xsd-validator.ts'
