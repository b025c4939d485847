import { expect, it } from 'vitest'
import { stylesheet } from '../testing/change-of-address.ts'
import { stylesheetFaults } from './stylesheet-faults.ts'

const inTemplate = (text: string) => stylesheet(`<xsl:template match="/">${text}</xsl:template>`)
const sentences = (text: string) => stylesheetFaults(text).map(({ sentence }) => sentence)

it('has nothing against XSLT 1.0', () => {
  const text = inTemplate(
    `<a b="{count(p:person[1]/p:x)}-{{}}"><xsl:value-of select="concat('document(', substring-before(., '}'), $x)"/></a>`,
  )
  expect(stylesheetFaults(text)).toEqual([])
})

it.each([
  ['<xsl:import href="other.xsl"/>', 'xsl:import would read another file: write all into this one.'],
  ['<xsl:include href="http://x.example/"/>', 'xsl:include would read another file: write all into this one.'],
  ['<xsl:output encoding="ISO-8859-1"/>', 'Its result is always written in UTF-8.'],
  ['<xsl:function/>', 'xsl:function is no element of XSLT 1.0.'],
])('takes no %s', (inside, sentence) => {
  expect(stylesheetFaults(stylesheet(inside))).toEqual([{ sentence, place: { line: 2, column: 1 } }])
})

it.each([
  [`<xsl:copy-of select="document('http://x.example/')"/>`, /^document\(\) would read another file/],
  [`<xsl:copy-of select="p:a[document ( 'a' )]"/>`, /^document\(\) /],
  [`<a b="{document('')}"/>`, /^document\(\) /],
  ['<xsl:value-of select="unparsed-entity-uri(\'a\')"/>', /^unparsed-entity-uri\(\) is no function/],
  ['<xsl:value-of select="date:date-time()" xmlns:date="http://exslt.org/dates-and-times"/>', /^date:date-time\(\) /],
  ['<xsl:document href="/tmp/x"><a/></xsl:document>', /^xsl:document is no element/],
  ['<xsl:message>note</xsl:message>', /^xsl:message speaks to nobody/],
  ['<a xsl:extension-element-prefixes="p"/>', /^extension-element-prefixes /],
  ['<xsl:value-of select="a[\'"/>', /^The XPath of its "select" cannot be read/],
])('takes nothing that reads or writes elsewhere, or that nobody sees: %s', (text, sentence) => {
  expect(sentences(inTemplate(text))).toEqual([expect.stringMatching(sentence)])
})

it.each([
  ['<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', /^It is no XML that is read here/],
  ['<xsl:stylesheet>', /^It is no XML that is read here/],
  ['<xsl:transform version="2.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/>', 'Its version must be 1.0.'],
])('takes no document that is not XSLT 1.0: %s', (text, sentence) => {
  expect(sentences(text)).toEqual([expect.stringMatching(sentence)])
})
