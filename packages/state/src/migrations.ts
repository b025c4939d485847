import type { Migration } from '@portreeve/database'

/** The format of `state.db`. A released step is never edited: add another one. Times are milliseconds since 1970, UTC. */
export const migrations: readonly Migration[] = [
  {
    name: 'seen messages, attempts, parked messages, cursors',
    sql: `
      CREATE TABLE seen (
        scope   TEXT NOT NULL,
        id      TEXT NOT NULL,
        place   TEXT NOT NULL,
        note    TEXT,
        seen_at INTEGER NOT NULL,
        PRIMARY KEY (scope, id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX seen_by_age ON seen (seen_at);

      CREATE TABLE attempts (
        sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
        receiver    TEXT NOT NULL,
        topic       TEXT NOT NULL,
        "partition" INTEGER NOT NULL,
        batch_id    TEXT NOT NULL,
        message_ids TEXT NOT NULL,
        started_at  INTEGER NOT NULL,
        attempt     INTEGER NOT NULL,
        UNIQUE (receiver, batch_id)
      ) STRICT;

      CREATE TABLE parked_keys (
        receiver  TEXT NOT NULL,
        key       TEXT NOT NULL,
        released  INTEGER NOT NULL,
        PRIMARY KEY (receiver, key)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX parked_keys_released ON parked_keys (receiver) WHERE released = 1;

      CREATE TABLE parked_messages (
        sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
        receiver    TEXT NOT NULL,
        key         TEXT NOT NULL,
        message_id  TEXT NOT NULL,
        reference   TEXT NOT NULL,
        topic       TEXT NOT NULL,
        "partition" INTEGER NOT NULL,
        "offset"    INTEGER NOT NULL,
        since       INTEGER NOT NULL,
        code        TEXT,
        reason      TEXT,
        UNIQUE (receiver, message_id)
      ) STRICT;
      CREATE INDEX parked_messages_by_key ON parked_messages (receiver, key, sequence);
      CREATE INDEX parked_messages_by_place ON parked_messages (topic, "partition", "offset");

      CREATE TABLE parked_events (
        sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
        receiver    TEXT NOT NULL,
        key         TEXT NOT NULL,
        message_id  TEXT NOT NULL,
        at          INTEGER NOT NULL,
        what        TEXT NOT NULL CHECK (what IN ('parked', 'released', 'settled')),
        code        TEXT,
        reason      TEXT,
        by          TEXT,
        why         TEXT,
        edited_body BLOB
      ) STRICT;
      CREATE INDEX parked_events_by_key ON parked_events (receiver, key, sequence);
      CREATE INDEX parked_events_by_message ON parked_events (receiver, message_id, what);

      CREATE TABLE cursors (
        label  TEXT PRIMARY KEY,
        cursor TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
    // An attempt of the first format does not say where its messages stand: it is never taken for one that is past.
    name: 'where the last message of an attempt stands',
    sql: `ALTER TABLE attempts ADD COLUMN last_offset INTEGER NOT NULL DEFAULT ${Number.MAX_SAFE_INTEGER};`,
  },
  {
    // What was parked before has no batch: nobody can be asked about it, and a person's word counts.
    name: 'the batch that a parked message may have been taken in',
    sql: `
      ALTER TABLE attempts ADD COLUMN offsets TEXT;

      CREATE TABLE sent_batches (
        receiver     TEXT NOT NULL,
        batch_id     TEXT NOT NULL,
        topic        TEXT NOT NULL,
        "partition"  INTEGER NOT NULL,
        first_offset INTEGER NOT NULL,
        offsets      TEXT NOT NULL,
        edited_in    INTEGER,
        PRIMARY KEY (receiver, batch_id)
      ) STRICT, WITHOUT ROWID;

      ALTER TABLE parked_messages ADD COLUMN batch_id TEXT;
      CREATE INDEX parked_messages_by_batch ON parked_messages (receiver, batch_id) WHERE batch_id IS NOT NULL;
    `,
  },
  {
    name: 'decisions not to send a message at all, and what became of one until that is recorded elsewhere',
    sql: `
      ALTER TABLE parked_events ADD COLUMN discards INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE parked_messages ADD COLUMN outcome TEXT;
    `,
  },
  {
    name: 'instances of processes, their timers, and how far their topic was read',
    sql: `
      CREATE TABLE process_positions (
        topic       TEXT NOT NULL,
        "partition" INTEGER NOT NULL,
        next        INTEGER NOT NULL,
        PRIMARY KEY (topic, "partition")
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE process_instances (
        sequence     INTEGER PRIMARY KEY AUTOINCREMENT,
        process      TEXT NOT NULL,
        id           TEXT NOT NULL,
        reference    TEXT NOT NULL,
        key          TEXT NOT NULL,
        is_open      INTEGER NOT NULL,
        needs_person INTEGER NOT NULL,
        json         TEXT NOT NULL,
        changed_at   INTEGER NOT NULL,
        UNIQUE (process, id)
      ) STRICT;
      CREATE INDEX process_instances_open ON process_instances (process, key, sequence) WHERE is_open = 1;
      CREATE INDEX process_instances_by_reference ON process_instances (reference);
      CREATE INDEX process_instances_for_persons ON process_instances (sequence) WHERE needs_person = 1;
      CREATE INDEX process_instances_over ON process_instances (changed_at) WHERE is_open = 0;

      CREATE TABLE process_timers (
        process  TEXT NOT NULL,
        instance TEXT NOT NULL,
        timer    TEXT NOT NULL,
        due_at   INTEGER NOT NULL,
        PRIMARY KEY (process, instance, timer)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX process_timers_by_time ON process_timers (due_at);
    `,
  },
  {
    name: 'what workers who share a log tell each other',
    sql: `
      CREATE TABLE shared_position (
        one  INTEGER PRIMARY KEY CHECK (one = 1),
        next INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE holders (
        name        TEXT NOT NULL,
        topic       TEXT NOT NULL,
        "partition" INTEGER NOT NULL,
        worker      TEXT NOT NULL,
        PRIMARY KEY (name, topic, "partition")
      ) STRICT, WITHOUT ROWID;
    `,
  },
]
