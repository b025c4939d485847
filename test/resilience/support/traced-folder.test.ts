import { expect, it } from 'vitest'
import { TracedFile } from './traced-file.ts'
import { TracedFolder } from './traced-folder.ts'

it('keeps a file that was moved over a placeholder when both folders were flushed, whichever first', () => {
  for (const order of ['inbox first', 'taken first']) {
    const [inbox, taken] = [new TracedFolder(), new TracedFolder()]
    const [placeholder, file] = [new TracedFile(), new TracedFile()]
    taken.change({ add: { name: 'a.xml', node: placeholder } })
    const arrival = { add: { name: 'a.xml', node: file } }
    taken.change(arrival)
    inbox.change({ remove: 'a.xml', needs: { folder: taken, change: arrival } })
    for (const folder of order === 'inbox first' ? [inbox, taken] : [taken, inbox]) folder.flush()()
    expect(taken.afterCut(new Set()).get('a.xml'), order).toBe(file)
  }
})
