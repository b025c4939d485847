import { PortreeveError } from '@portreeve/errors'
import { describe, expect, it } from 'vitest'
import { concernOf, fromFolderFault, strangersFault } from './errors.ts'

const raw = (code: string) => Object.assign(new Error('raw'), { code })

it.each(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS', 'EIO', 'ESTALE'])(
  'a folder that answers %s is a system that is down, and says why',
  (errno) => {
    const fault = fromFolderFault(raw(errno), '/in\nbox')
    expect(fault).toMatchObject({ code: 'PRV_ELECTORAL_FOLDER', details: { folder: '/in\\u{a}box', fault: errno } })
    expect(fault.failureClass).toBe('target-down')
    expect(fault.message).toContain(errno)
  },
)

describe('a return file that could not be read', () => {
  const path = { path: '/returns/march.csv' }
  it.each([
    ['file', new PortreeveError('PRV_ENDPOINTS_FILE_NOT_ALLOWED', { ...path, operation: 'read', fault: 'EACCES' })],
    ['file', new PortreeveError('PRV_ENDPOINTS_FILE_FAILED', { ...path, operation: 'read', fault: 'EIO' })],
    ['later', new PortreeveError('PRV_ENDPOINTS_FILE_CHANGED', path)],
    ['all', new PortreeveError('PRV_ENDPOINTS_DISK_FULL', { ...path, operation: 'write', fault: 'ENOSPC' })],
    ['all', raw('EIO')],
    ['all', 'nonsense'],
  ] as const)('concerns %s: %s', (concern, fault) => expect(concernOf(fault)).toBe(concern))
})

it('what will never be read is counted, and the first is named', () => {
  expect(strangersFault(['link.csv', 'pipe'], '/returns')).toMatchObject({
    code: 'PRV_ENDPOINTS_FILE_STRANGE',
    details: { folder: '/returns', count: 2, name: 'link.csv' },
  })
  expect(strangersFault([], '/returns')).toBeNull()
})
