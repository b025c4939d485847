import type { SqlDatabase, SqlTransaction } from '@portreeve/endpoints'

/** What a clerk has said of an account: its changes are rejected, with these words. */
export type Refusals = ReadonlyMap<string, string>

/** Takes over, or rejects, every new change in one transaction, as their job does at night; how many it was. */
export async function runNightJob(database: SqlDatabase, refusals: Refusals, now: () => Date): Promise<number> {
  return await database.transaction(async (t) => {
    const waiting = await t.query(
      "SELECT external_reference, account_ref FROM address_change WHERE status = 'NEW' ORDER BY external_reference",
    )
    for (const { external_reference, account_ref } of waiting) {
      await decide(t, String(external_reference), String(account_ref), refusals, now())
    }
    return waiting.length
  })
}

async function decide(
  t: SqlTransaction,
  externalReference: string,
  accountRef: string,
  refusals: Refusals,
  now: Date,
): Promise<void> {
  const words = refusals.get(accountRef)
  if (words === undefined) await takeOver(t, externalReference)
  await t.query(
    'UPDATE address_change SET status = $2, status_words = $3, changed_at = $4 WHERE external_reference = $1',
    [externalReference, words === undefined ? 'APPLIED' : 'REJECTED', words ?? null, now.toISOString()],
  )
}

async function takeOver(t: SqlTransaction, externalReference: string): Promise<void> {
  await t.query(
    `UPDATE account SET (uprn, address_1, address_2, address_3, address_4, postcode) =
      (SELECT uprn, address_1, address_2, address_3, address_4, postcode FROM address_change WHERE external_reference = $1)
     WHERE account_ref = (SELECT account_ref FROM address_change WHERE external_reference = $1)`,
    [externalReference],
  )
}
