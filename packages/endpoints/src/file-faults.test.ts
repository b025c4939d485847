import { PortreeveError } from '@portreeve/errors'
import { expect, it } from 'vitest'
import { fromFileFault } from './file-faults.ts'

const raw = (code: string) => Object.assign(new Error('raw'), { code })

it.each([
  ['ENOSPC', 'PRV_ENDPOINTS_DISK_FULL'],
  ['EDQUOT', 'PRV_ENDPOINTS_DISK_FULL'],
  ['EFBIG', 'PRV_ENDPOINTS_DISK_FULL'],
  ['EROFS', 'PRV_ENDPOINTS_FILE_NOT_WRITABLE'],
  ['EACCES', 'PRV_ENDPOINTS_FILE_NOT_ALLOWED'],
  ['EPERM', 'PRV_ENDPOINTS_FILE_NOT_ALLOWED'],
  ['EIO', 'PRV_ENDPOINTS_FILE_FAILED'],
  ['ESTALE', 'PRV_ENDPOINTS_FILE_FAILED'],
])('says %s as %s, with what was being done, where and why', (errno, code) => {
  const error = fromFileFault(raw(errno), '/in\nbox/a.xml', 'read')
  expect(error).toMatchObject({ code, details: { path: '/in\\u{a}box/a.xml', operation: 'read', fault: errno } })
})

it('leaves an error of ours as it is, and does not guess at others', () => {
  const ours = new PortreeveError('PRV_ENDPOINTS_STOPPED', { operation: 'x' })
  expect(fromFileFault(ours, '/a', 'read')).toBe(ours)
  expect(fromFileFault('nonsense', '/a', 'read').code).toBe('PRV_ENDPOINTS_FILE_FAILED')
})
