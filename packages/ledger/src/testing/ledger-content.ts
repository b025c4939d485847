import { DatabaseSync } from 'node:sqlite'

/** All that a closed ledger holds, but for the row numbers, which follow from the order of reading. */
export function ledgerContent(path: string): Record<string, unknown[]> {
  const file = new DatabaseSync(path, { readOnly: true })
  try {
    const rows = (sql: string) => file.prepare(sql).all()
    return {
      messages: rows(`SELECT id, reference, correlation_id, causation_id, type, uprn, customer, authority, time, topic,
        "partition", "offset", file_name, file_digest FROM messages ORDER BY id`),
      pairs: rows(`SELECT m.id, receiver, state, since, route, batch_id, code, reason, proof
        FROM pairs LEFT JOIN messages AS m ON m.number = message ORDER BY m.id, receiver`),
      ...Object.fromEntries(
        ['positions', 'pair_counts', 'early_outcomes', 'oddities', 'types'].map((table) => [
          table,
          rows(`SELECT * FROM ${table} ORDER BY 1, 2`),
        ]),
      ),
    }
  } finally {
    file.close()
  }
}
