import { afterAll, describe, expect, it } from 'vitest'
import type { Script } from './script.ts'
import { ScriptEngine, type ScriptResult } from './script-engine.ts'
import { stylesheet } from './testing/change-of-address.ts'

const engine = new ScriptEngine({ timeMs: 500, memoryMegabytes: 64, outputBytes: 100_000 })
afterAll(() => engine[Symbol.asyncDispose]())

const jsonata = (text: string): Script => ({ language: 'jsonata', text })
const xslt = (inside: string): Script => ({ language: 'xslt', text: stylesheet(inside) })

async function ran(script: Script, input: string): Promise<ScriptResult | { readonly text: string }> {
  const compiled = await engine.compile(script)
  if ('fault' in compiled) return compiled
  const result = await compiled.run(Buffer.from(input))
  return 'output' in result ? { text: Buffer.from(result.output).toString() } : result
}

const works = async () => {
  expect(await ran(jsonata('{"a": b}'), '{"b":"ü"}')).toEqual({ text: '{"a":"ü"}' })
}

describe('a script that does not end, or takes too much, is ended and the next one works', () => {
  it.each([
    ['an expression that calls itself for ever', jsonata('($f := function($n){ $f($n + 1) }; $f(1))'), '{}'],
    ['a pattern that tries for ever', jsonata('$match(b, /^(a+)+$/)'), JSON.stringify({ b: `${'a'.repeat(60)}!` })],
    ['a text that doubles for ever', jsonata('($f := function($s){ $f($s & $s) }; $f("x"))'), '{}'],
    ['a sequence of millions', jsonata('$count([1..9000000])'), '{}'],
    ['an answer larger than the limit', jsonata('$pad("x", 200000)'), '{}'],
  ])('%s', async (_, script, input) => {
    expect(await ran(script, input)).toEqual({ over: expect.any(String) })
    await works()
  })

  it('a stylesheet that builds more than the memory holds', async () => {
    const loop = (inside: string) => `<xsl:for-each select="//b">${inside}</xsl:for-each>`
    const script = xslt(
      `<xsl:template match="/"><a>${loop(loop(loop(`<q>${'x'.repeat(100)}</q>`)))}</a></xsl:template>`,
    )
    expect(await ran(script, `<a>${'<b/>'.repeat(200)}</a>`)).toMatchObject({ over: expect.any(String) })
    await works()
  })

  it.each([100, 5000, 100_000])(
    'templates that call each other %i deep, and so need more stack than there is',
    async (depth) => {
      const script = xslt(`<xsl:output method="text"/>
<xsl:template match="/"><xsl:call-template name="next"><xsl:with-param name="n" select="${depth}"/></xsl:call-template></xsl:template>
<xsl:template name="next"><xsl:param name="n"/><xsl:choose><xsl:when test="$n &gt; 0">x<xsl:for-each select="/*">
<xsl:call-template name="next"><xsl:with-param name="n" select="$n - 1"/></xsl:call-template></xsl:for-each></xsl:when>
</xsl:choose></xsl:template>`)
      const result = await ran(script, '<a/>')
      if (depth === 100) expect(result).toEqual({ text: expect.stringMatching(/^(x\s*){100}$/) })
      else expect(result).toMatchObject({ fault: { sentence: expect.stringContaining('call each other for ever') } })
      await works()
    },
  )
})

describe('what is told of a script', () => {
  it.each([
    ['{"a":\n  b]', { line: 2, column: 4 }, 'It is no JSONata: Expected "}", got "]".'],
    ['{"a":\n  $number(b)}', { line: 2, column: 3 }, 'At number, a text is no number.'],
    ['$error("no such service")', { line: 1, column: 1 }, /\(\$error\)\. It says: no such service$/],
    ['{"a": $uppercase}', undefined, 'Its result holds a function, which is no JSON.'],
    ['nothing.here', undefined, 'It gave nothing: what it asks for is not in the message.'],
  ])('is its place: %s', async (text, place, sentence) => {
    const result = await ran(jsonata(text), '{"b":"Wanda"}')
    expect(result).toMatchObject({ fault: { sentence: expect.stringMatching(sentence) } })
    if (place) expect(result).toMatchObject({ fault: { place: { line: place.line } } })
  })

  it.each([
    '$error(b)',
    '$number(b)',
    'b + 1',
    '$toMillis(b)',
    '{b: 1, b: 2}',
    '$assert(false, b)',
    '$lookup(b, $number(b))',
  ])('is nothing of the message: %s', async (text) => {
    const result = await ran(jsonata(text), '{"b":"Wanda"}')
    expect(result).toHaveProperty('fault')
    expect(JSON.stringify(result)).not.toContain('Wanda')
  })

  it('is nothing that a stylesheet says of the message when it ends', async () => {
    const script = xslt(
      '<xsl:template match="/"><xsl:message terminate="yes"><xsl:value-of select="."/></xsl:message></xsl:template>',
    )
    expect(await ran(script, '<a>Wanda</a>')).toEqual({
      fault: { sentence: 'It stopped by itself (xsl:message).' },
    })
  })

  it('is the line of a stylesheet that libxslt does not take', async () => {
    const script = xslt('<xsl:template match="/">\n<xsl:call-template name="absent"/></xsl:template>')
    expect(await ran(script, '<a/>')).toMatchObject({ fault: { place: { line: 3 } } })
  })
})

it.each(['$now()', '$millis()', 'a ~> $shuffle', '{"x": [$random()]}', '$map(a, $eval)', '$eval("$now()")'])(
  'takes no expression that would give something else the next time: %s',
  async (text) => {
    expect(await engine.compile(jsonata(text))).toMatchObject({
      fault: { sentence: expect.stringMatching(/^\$(now|millis|shuffle|random|eval) /), place: { line: 1 } },
    })
  },
)

it('keeps no stylesheet from another, and a fault from none', async () => {
  const one = xslt('<xsl:template match="/"><a/></xsl:template>')
  const other = xslt('<xsl:output method="text"/><xsl:template match="/">b,ü\n</xsl:template>')
  expect(await ran(one, '<x/>')).toEqual({ text: '<?xml version="1.0"?>\n<a/>\n' })
  expect(await ran(other, '<x/>')).toEqual({ text: 'b,ü\n' })
  expect(await ran(one, '<x')).toMatchObject({ fault: { sentence: 'It was given a message that is no XML.' } })
  expect(await ran(one, '<x/>')).toEqual({ text: '<?xml version="1.0"?>\n<a/>\n' })
})
