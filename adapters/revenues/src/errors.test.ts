import { PortreeveError } from '@portreeve/errors'
import { describe, expect, it } from 'vitest'
import { concernOf, fromFolderFault, strangersFault } from './errors.ts'

const raw = (code: string) => Object.assign(new Error('raw'), { code })

it.each(['ENOTDIR', 'EACCES', 'EPERM', 'EROFS', 'EIO', 'ESTALE', 'ENAMETOOLONG'])(
  'a folder that answers %s is an inbox that cannot be used, and says why',
  (errno) => {
    const fault = fromFolderFault(raw(errno), '/in\nbox')
    expect(fault).toMatchObject({ code: 'PRV_REVENUES_INBOX', details: { folder: '/in\\u{a}box', fault: errno } })
    expect(fault.message).toContain(errno)
  },
)

describe('a file that could not be taken', () => {
  const path = { path: '/inbox/march.xml' }
  it.each([
    ['file', new PortreeveError('PRV_ENDPOINTS_FILE_NOT_ALLOWED', { ...path, operation: 'read', fault: 'EACCES' })],
    ['file', new PortreeveError('PRV_ENDPOINTS_FILE_FAILED', { ...path, operation: 'read', fault: 'EIO' })],
    ['file', new PortreeveError('PRV_ENDPOINTS_FILE_NOT_WRITABLE', { ...path, operation: 'move', fault: 'EROFS' })],
    ['later', new PortreeveError('PRV_ENDPOINTS_FILE_CHANGED', path)],
    ['all', new PortreeveError('PRV_ENDPOINTS_DISK_FULL', { ...path, operation: 'write', fault: 'ENOSPC' })],
    ['all', raw('EIO')],
    ['all', 'nonsense'],
  ] as const)('concerns %s: %s', (concern, fault) => expect(concernOf(fault)).toBe(concern))
})

it('what will never be taken is counted, and the first is named', () => {
  expect(strangersFault(['link.xml', 'pipe'], '/inbox')).toMatchObject({
    code: 'PRV_ENDPOINTS_FILE_STRANGE',
    details: { folder: '/inbox', count: 2, name: 'link.xml' },
  })
  expect(strangersFault([], '/inbox')).toBeNull()
})
