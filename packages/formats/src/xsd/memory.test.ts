import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { elementsIn } from '../xml/elements-in.ts'
import { xsdValidator } from './xsd-validator.ts'

const n = elementsIn('urn:x')
const xsd = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x" elementFormDefault="qualified">
  <xs:element name="all"><xs:complexType><xs:sequence><xs:element name="r" maxOccurs="unbounded"><xs:complexType><xs:sequence>
    <xs:element name="sent" type="xs:date" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element></xs:schema>`

it('checks 20,000 records of 2 KB, good and bad, in memory that does not grow', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'portreeve-xsd-memory-'))
  await writeFile(join(folder, 'x.xsd'), xsd)
  using validator = await xsdValidator({ folder, rootFile: 'x.xsd' })
  const record = (last: string) =>
    n('r', [...Array.from({ length: 50 }, () => n('sent', '2026-01-31')), n('sent', last)])
  const records = ['2026-02-01', 'soon'].map((last) => ({ element: record(last), path: '/all/r' }))
  const memoryAfter = (count: number): number => {
    for (let done = 0; done < count; done += 2) {
      const problems = records.flatMap((each) => validator.validateRecords([each], (all) => n('all', all)))
      expect(problems.map((list) => list.length)).toEqual([0, 1])
    }
    return process.memoryUsage().external + process.memoryUsage().arrayBuffers
  }
  const before = memoryAfter(2_000)
  // 20,000 documents that were not freed would take more than 100 MB.
  expect(memoryAfter(20_000) - before).toBeLessThan(16_000_000)
  await rm(folder, { recursive: true })
}, 120_000)
