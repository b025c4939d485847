import type { Migration } from '@portreeve/database'

/** What a list of the messages that still want attention can be looked up by; `delivered` would make it too large. */
export const wantsAttention = `state NOT IN ('delivered', 'not-concerned')`

/**
 * The format of `ledger.db`. A released step is never edited: add another one, and when it needs facts that were not
 * kept, empty the tables and the positions: the ledger is then read from the log anew. Times are milliseconds since
 * 1970, UTC. No names, addresses or bodies: identifiers only.
 */
export const migrations: readonly Migration[] = [
  {
    name: 'messages, pairs of message and receiver, positions',
    sql: `
      CREATE TABLE positions (
        topic       TEXT NOT NULL,
        "partition" INTEGER NOT NULL,
        next        INTEGER NOT NULL,
        PRIMARY KEY (topic, "partition")
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE messages (
        number         INTEGER PRIMARY KEY,
        id             TEXT NOT NULL UNIQUE,
        reference      TEXT NOT NULL,
        correlation_id TEXT NOT NULL,
        causation_id   TEXT,
        type           TEXT NOT NULL,
        uprn           TEXT,
        customer       TEXT,
        authority      TEXT NOT NULL,
        time           INTEGER NOT NULL,
        topic          TEXT NOT NULL,
        "partition"    INTEGER NOT NULL,
        "offset"       INTEGER NOT NULL,
        file_name      TEXT,
        file_digest    TEXT
      ) STRICT;
      CREATE INDEX messages_by_reference ON messages (reference);
      CREATE INDEX messages_by_correlation ON messages (correlation_id);
      CREATE INDEX messages_by_causation ON messages (causation_id) WHERE causation_id IS NOT NULL;
      CREATE INDEX messages_by_type ON messages (type);
      CREATE INDEX messages_by_uprn ON messages (uprn) WHERE uprn IS NOT NULL;
      CREATE INDEX messages_by_customer ON messages (customer) WHERE customer IS NOT NULL;
      CREATE INDEX messages_by_file_name ON messages (file_name) WHERE file_name IS NOT NULL;
      CREATE INDEX messages_by_file_digest ON messages (file_digest) WHERE file_digest IS NOT NULL;

      CREATE TABLE pairs (
        message  INTEGER NOT NULL,
        receiver TEXT NOT NULL,
        state    TEXT NOT NULL
          CHECK (state IN ('waiting', 'delivered', 'refused', 'unknown', 'parked', 'not-concerned')),
        since    INTEGER NOT NULL,
        route    TEXT,
        batch_id TEXT,
        code     TEXT,
        reason   TEXT,
        proof    TEXT,
        PRIMARY KEY (message, receiver)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX pairs_wanting_attention ON pairs (state, receiver, message) WHERE ${wantsAttention};

      CREATE TABLE pair_counts (
        type     TEXT NOT NULL,
        receiver TEXT NOT NULL,
        state    TEXT NOT NULL,
        pairs    INTEGER NOT NULL,
        PRIMARY KEY (type, receiver, state)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE early_outcomes (
        message_id TEXT NOT NULL,
        receiver   TEXT NOT NULL,
        state      TEXT NOT NULL,
        since      INTEGER,
        at         INTEGER NOT NULL,
        route      TEXT,
        batch_id   TEXT,
        code       TEXT,
        reason     TEXT,
        proof      TEXT,
        PRIMARY KEY (message_id, receiver)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE oddities (
        topic       TEXT NOT NULL,
        "partition" INTEGER NOT NULL,
        "offset"    INTEGER NOT NULL,
        kind        TEXT NOT NULL,
        message_id  TEXT NOT NULL,
        receiver    TEXT NOT NULL,
        detail      TEXT NOT NULL,
        PRIMARY KEY (topic, "partition", "offset", kind, message_id, receiver)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE types (
        type      TEXT PRIMARY KEY,
        receivers TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
    // The rows are kept: the log may have let go what they were made from.
    name: 'discarded: a state more',
    sql: `
      DROP INDEX pairs_wanting_attention;
      ALTER TABLE pairs RENAME TO pairs_before;
      CREATE TABLE pairs (
        message  INTEGER NOT NULL,
        receiver TEXT NOT NULL,
        state    TEXT NOT NULL
          CHECK (state IN ('waiting', 'delivered', 'refused', 'unknown', 'parked', 'not-concerned', 'discarded')),
        since    INTEGER NOT NULL,
        route    TEXT,
        batch_id TEXT,
        code     TEXT,
        reason   TEXT,
        proof    TEXT,
        PRIMARY KEY (message, receiver)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO pairs SELECT message, receiver, state, since, route, batch_id, code, reason, proof FROM pairs_before;
      DROP TABLE pairs_before;
      CREATE INDEX pairs_wanting_attention ON pairs (state, receiver, message) WHERE ${wantsAttention};
    `,
  },
  {
    // Of what was entered before, neither was known.
    name: 'under which configuration a message was made, and what a replay repeats',
    sql: `
      ALTER TABLE messages ADD COLUMN configuration TEXT;
      ALTER TABLE messages ADD COLUMN replay_of TEXT;
      CREATE INDEX messages_by_replayed ON messages (replay_of) WHERE replay_of IS NOT NULL;
    `,
  },
]
