import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { TemplateFolder } from './template-folder.ts'
import { templatesFolder } from './testing/messages.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

/** A folder with the template `note`, and what it makes of the values. */
async function note(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'templates-'))
  folders.push(folder)
  const all = { 'note.subject.txt': 'A note\n', 'note.txt': 'Text', ...files }
  for (const [name, text] of Object.entries(all)) await writeFile(join(folder, name), text)
  const templates = new TemplateFolder(folder)
  return { folder, templates, write: (values: Record<string, string>) => templates.write({ template: 'note', values }) }
}

const hostile = `<script>alert(1)</script> & "O'Hara" {{ password }}`

describe('a value from outside', () => {
  it('is text in HTML, in attributes too, and stays as it is in plain text', async () => {
    const { write } = await note({ 'note.txt': '{{ v }}', 'note.html': '<a title="{{ v }}">{{ v }}</a>' })
    const { text, html } = await write({ v: hostile })
    expect(text).toBe(hostile)
    const escaped = '&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;O&#39;Hara&#34; {{ password }}'
    expect(html).toBe(`<a title="${escaped}">${escaped}</a>`)
  })

  it.each([
    ['{{ v | raw }}'],
    ['{{ v | upcase | raw }}'],
    ['{% assign w = v %}{{ w }}'],
    ['{% capture w %}{{ v }}{% endcapture %}{{ w }}'],
    ['{% echo v %}'],
    ['{% if v %}{{ v }}{% endif %}'],
    ['{{ v | append: "<script>" }}'],
    ['{{ v | split: "" | join: "" }}'],
    ['{% liquid\n echo v | raw\n%}'],
  ])('is never markup, whatever the template does: %s', async (html) => {
    const { write } = await note({ 'note.html': html })
    expect((await write({ v: hostile })).html).not.toMatch(/<script/i)
  })

  it('is one line, and nothing in it acts', async () => {
    const { write } = await note({ 'note.txt': '[{{ v }}]' })
    const { text } = await write({ v: 'Ada\r\n\r\nDear Sir,\u0000\u202e\u2028pay\u00a0now 👩‍🌾 ' })
    expect(text).toBe('[Ada Dear Sir, pay now 👩‍🌾]')
  })

  it('is never read as a template, and reaches nothing behind itself', async () => {
    const { write } = await note({ 'note.txt': '{{ v }} {{ constructor }}' })
    await expect(write({ v: '{{ 7 | times: 6 }}' })).rejects.toMatchObject({
      code: 'PRV_MAIL_TEMPLATE',
      details: { fault: 'undefined variable: constructor' },
    })
    expect((await write({ v: '{{ 7 | times: 6 }}', constructor: 'x' })).text).toBe('{{ 7 | times: 6 }} x')
    expect((await write({ v: 'a', ['__proto__']: 'b', constructor: 'x' })).text).toBe('a x')
  })

  it('keeps its line break in a subject, for that to be refused', async () => {
    const { write } = await note({ 'note.subject.txt': 'Hello {{ v }}\n' })
    expect((await write({ v: 'a\r\nBcc: b' })).subject).toBe('Hello a\r\nBcc: b')
  })
})

describe('a template', () => {
  it('shows dates as people write them, in the time of London', async () => {
    const { write } = await note({ 'note.txt': '{{ d | date: "%-d %B %Y" }}, {{ t | date: "%-d %B %Y, %H:%M" }}' })
    expect((await write({ d: '2026-06-01', t: '2026-06-30T23:30:00Z' })).text).toBe('1 June 2026, 1 July 2026, 00:30')
    expect((await write({ d: '2026-12-01', t: 'never' })).text).toBe('1 December 2026, never')
  })

  it('may do without HTML', async () => {
    const { write } = await note({})
    expect(await write({})).toEqual({ subject: 'A note', text: 'Text' })
  })

  it.each([
    ['note.subject.txt', 'The {{ nobody }}', 'PRV_MAIL_TEMPLATE'],
    ['note.txt', 'The {{ nobody }}', 'PRV_MAIL_TEMPLATE'],
    ['note.html', '<p>\n{% if nobody %}', 'PRV_MAIL_TEMPLATE'],
    ['note.html', "{% include '/etc/hostname' %}", 'PRV_MAIL_TEMPLATE'],
    ['note.txt', "{% render '../../package.json' %}", 'PRV_MAIL_TEMPLATE'],
    ['note.txt', '{% for i in (1..1000000000) %}x{% endfor %}', 'PRV_MAIL_TEMPLATE'],
  ])('that is wrong is told by its file: %s: %s', async (file, text, code) => {
    const { write } = await note({ [file]: text })
    await expect(write({})).rejects.toMatchObject({ code, details: { file } })
  })

  it('that is not there is told by its file', async () => {
    const { templates } = await note({})
    await expect(templates.write({ template: 'other', values: {} })).rejects.toMatchObject({
      code: 'PRV_MAIL_TEMPLATE_MISSING',
      details: { file: 'other.subject.txt', fault: 'ENOENT' },
    })
  })

  it('counts as soon as it is corrected', async () => {
    const { folder, write } = await note({ 'note.txt': '{{ nobody }}' })
    await expect(write({})).rejects.toThrow()
    await writeFile(join(folder, 'note.txt'), 'Better')
    expect((await write({})).text).toBe('Better')
  })
})

describe('a check of all templates', () => {
  it('passes those of the synthetic borough', async () => {
    await expect(new TemplateFolder(templatesFolder).check()).resolves.toBeUndefined()
  })

  it.each([
    [{ 'other.txt': 'x' }, 'PRV_MAIL_TEMPLATE_MISSING'],
    [{ 'note.html': '{% if %}' }, 'PRV_MAIL_TEMPLATE'],
  ])('finds what is missing or wrong: %j', async (files, code) => {
    const { templates } = await note(files)
    await expect(templates.check()).rejects.toMatchObject({ code })
  })

  it('leaves other files alone, and says when there is no folder', async () => {
    const { templates, folder } = await note({ 'README.md': '{% if %}', 'note.txt~': '{% if %}' })
    await expect(templates.check()).resolves.toBeUndefined()
    const gone = new TemplateFolder(join(folder, 'gone'))
    await expect(gone.check()).rejects.toMatchObject({ code: 'PRV_MAIL_TEMPLATE_MISSING' })
  })
})
