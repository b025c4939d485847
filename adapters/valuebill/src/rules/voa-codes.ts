/** Numbers by which the VOA's service tells an error (hmrc/voa-bar, ErrorCode). */
export const voaCodes = {
  character: '1000',
  oneProposed: '1001',
  noneExisting: '1002',
  oneExistingOrProposed: '1003',
  atLeastOneProposed: '1004',
  atLeastOneExisting: '1005',
  notInUse: '1006',
  oneExisting: '1007',
  noneProposed: '1008',
  billingAuthorityMismatch: '1010',
  billingAuthorityMissing: '1012',
  unknownTypeOfTax: '1021',
  schema: '2000',
  notXml: '2001',
} as const
