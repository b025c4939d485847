import { sqlNamePattern } from '@portreeve/endpoints'
import { type Static, Type } from 'typebox'

/** Of settings that may be left out. Names of tables and columns are those of the stand-in. */
export const defaults = {
  timeoutSeconds: 30,
  pollEverySeconds: 60,
  account: {
    table: 'account',
    accountRef: 'account_ref',
    familyName: 'family_name',
    givenName: 'given_name',
    birthDate: 'birth_date',
    uprn: 'uprn',
    addressLines: ['address_1', 'address_2', 'address_3', 'address_4'],
    postcode: 'postcode',
    status: 'status',
    openStatuses: ['OPEN'],
  },
  addressChange: {
    table: 'address_change',
    externalReference: 'external_reference',
    accountRef: 'account_ref',
    uprn: 'uprn',
    addressLines: ['address_1', 'address_2', 'address_3', 'address_4'],
    postcode: 'postcode',
    movedOn: 'moved_on',
    status: 'status',
    statusWords: 'status_words',
    changedAt: 'changed_at',
    newStatus: 'NEW',
    appliedStatus: 'APPLIED',
    rejectedStatus: 'REJECTED',
  },
} as const

const column = (what: string) =>
  Type.Optional(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]{0,62}$', description: `Column: ${what}` }))
const columns = (what: string) =>
  Type.Optional(
    Type.Array(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]{0,62}$' }), {
      minItems: 1,
      maxItems: 9,
      description: `Columns: ${what}`,
    }),
  )
const word = (what: string) => Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: what }))

const table = (what: string) =>
  Type.Optional(
    Type.String({ pattern: sqlNamePattern, description: `Table ${what}; its schema may stand before a dot.` }),
  )

export const configSchema = Type.Object(
  {
    databaseUrl: Type.String({
      // An address is shown in errors; a password is a setting of its own.
      pattern: '^(postgres(ql)?://[^:/?#@]+@[^/?#@]+/[^/?#]+([?]sslmode=(verify-full|disable))?|sqlite:.+)$',
      description:
        'The database: postgresql://USER@HOST:PORT/DATABASE, without the password, or sqlite: and the path of a file, from where the configuration lies. PostgreSQL is spoken to over TLS, its certificate checked, unless the host is this machine or ?sslmode=disable stands behind.',
    }),
    password: Type.Optional(
      Type.String({ minLength: 1, secret: true, description: 'Password of the user in databaseUrl.' }),
    ),
    caFile: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          "PEM file of the authorities that the database's certificate may come from. Default: those that Node trusts.",
      }),
    ),
    timeoutSeconds: Type.Optional(
      Type.Number({
        default: defaults.timeoutSeconds,
        minimum: 0.1,
        maximum: 600,
        description: 'How long one change or question may take, from connecting to the end, locks included.',
      }),
    ),
    pollEverySeconds: Type.Optional(
      Type.Number({
        default: defaults.pollEverySeconds,
        minimum: 0.05,
        maximum: 86_400,
        description: 'Seconds between two questions what has become of changes.',
      }),
    ),
    account: Type.Optional(
      Type.Object(
        {
          table: table('of accounts'),
          accountRef: column('reference of the account.'),
          familyName: column('family name of who pays.'),
          givenName: column('given names or initials.'),
          birthDate: column('date of birth, of the type date or as YYYY-MM-DD.'),
          uprn: column('UPRN of the address.'),
          addressLines: columns('lines of the address, in their order.'),
          postcode: column('postcode of the address.'),
          status: column('state of the account.'),
          openStatuses: Type.Optional(
            Type.Array(Type.String(), {
              minItems: 1,
              description: 'States of accounts that take changes; who has no other one is not found.',
            }),
          ),
        },
        {
          additionalProperties: false,
          description: 'Where accounts are read: the user needs SELECT there. Each name has a default.',
        },
      ),
    ),
    addressChange: Type.Optional(
      Type.Object(
        {
          table: table('that changes are written into'),
          externalReference: column('our reference; the primary key, or unique.'),
          accountRef: column('account that the change is for.'),
          uprn: column('UPRN of the new address.'),
          addressLines: columns('lines of the new address, in their order.'),
          postcode: column('postcode of the new address.'),
          movedOn: column('first day at the new address.'),
          status: column('what has become of the change.'),
          statusWords: column('why, in words.'),
          changedAt: column('when the state changed; the later, the larger. The revenues system sets it.'),
          newStatus: word('State of a change that was only written.'),
          appliedStatus: word('State of a change that was taken over.'),
          rejectedStatus: word('State of a change that was not.'),
        },
        {
          additionalProperties: false,
          description:
            'Where changes are written: the user needs SELECT and INSERT there, and nothing else. Each name has a default.',
        },
      ),
    ),
  },
  { additionalProperties: false, description: 'A revenues system that is reached by the tables of its database.' },
)

export type AccountsConfig = Static<typeof configSchema>

export type AccountColumns = Required<NonNullable<AccountsConfig['account']>>
export type ChangeColumns = Required<NonNullable<AccountsConfig['addressChange']>>

/** Names of tables and columns, and words in them, as this council has them. */
export interface Layout {
  readonly account: AccountColumns
  readonly addressChange: ChangeColumns
}

export function layoutOf({ account, addressChange }: Pick<AccountsConfig, 'account' | 'addressChange'>): Layout {
  const { addressLines, openStatuses, ...ofAccount } = defaults.account
  const { addressLines: newLines, ...ofChange } = defaults.addressChange
  return {
    account: { ...ofAccount, addressLines: [...addressLines], openStatuses: [...openStatuses], ...account },
    addressChange: { ...ofChange, addressLines: [...newLines], ...addressChange },
  }
}
