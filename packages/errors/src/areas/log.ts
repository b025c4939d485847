import type { CatalogueEntry } from '../entry.ts'

/** The durable log, whichever engine stands behind it. */
export const logErrors = {
  PRV_LOG_CLOSED: {
    failureClass: 'operator',
    status: 503,
    text: 'The log is closed, so {operation} was not done.',
    remedy: 'Open the log again; a closed log stays closed.',
  },
  PRV_LOG_TOPIC_UNKNOWN: {
    failureClass: 'operator',
    status: 500,
    text: 'The log has no topic {topic}.',
    remedy: 'Create the topic, or correct its name in the route.',
  },
  PRV_LOG_TOPIC_NAME: {
    failureClass: 'operator',
    status: 500,
    text: 'The name {topic} cannot be a topic.',
    remedy: 'Use 1 to 249 letters, digits, dots, hyphens and underscores.',
  },
  PRV_LOG_TOPIC_PARTITIONS: {
    failureClass: 'operator',
    status: 500,
    text: 'The topic {topic} has {found} partitions, so it cannot be made with {wanted}.',
    remedy:
      'Keep the number of partitions, or make a topic with another name: a key would change its partition and lose its order.',
  },
  PRV_LOG_TOPIC_BY_HAND: {
    failureClass: 'operator',
    status: 409,
    text: 'The topic {topic} has {actual} for {setting}, not {declared}, and that is not changed from here.',
    remedy: 'Change it with the tools of the cluster, or declare what is there.',
  },
  PRV_LOG_COMPACTION: {
    failureClass: 'operator',
    status: 500,
    text: 'The topic {topic} is to be compacted, which a log of the engine {engine} does not do.',
    remedy: 'Take compaction out of the declaration of the topic, or keep the log on Apache Kafka.',
  },
  PRV_LOG_PARTITION_UNKNOWN: {
    failureClass: 'operator',
    status: 500,
    text: 'The topic {topic} has no partition {partition}; it has {partitions}, counted from 0.',
    remedy: 'Correct the partition, or leave it out so that the key decides.',
  },
  PRV_LOG_PARTITIONS_TOO_MANY: {
    failureClass: 'operator',
    status: 500,
    text: 'The log cannot hold the {wanted} partitions of {topic}: it has {found} of {limit}.',
    remedy: 'Make the topic with fewer partitions.',
  },
  PRV_LOG_RECORD_TOO_LARGE: {
    failureClass: 'message-bad',
    status: 413,
    text: 'A record of {bytes} bytes for {topic} is larger than the {limit} that the log takes.',
    remedy: 'Send the body through the claim check, so that the log carries its address only.',
  },
  PRV_LOG_METADATA_TOO_LARGE: {
    failureClass: 'operator',
    status: 500,
    text: 'The group {group} left {bytes} bytes of metadata with a position; at most {limit} are kept.',
    remedy: 'Keep only the place inside the step, and the rest in state.',
  },
  PRV_LOG_OFFSET_GONE: {
    failureClass: 'operator',
    status: 410,
    text: 'Offset {offset} of {topic}/{partition} is no longer kept: the partition starts at {start}.',
    remedy: 'Decide whether the missing records matter; then seek to {start}, or rebuild from another source.',
  },
  PRV_LOG_OFFSET_BEYOND_END: {
    failureClass: 'operator',
    status: 503,
    text: 'Offset {offset} of {topic}/{partition} has not been written: the partition ends at {end}.',
    remedy: 'Correct the offset. If it was there before, the log has lost its tail: restore the newest sound copy.',
  },
  PRV_LOG_TAIL_LOST: {
    failureClass: 'operator',
    status: 503,
    text: 'The log has lost its tail: {topic}/{partition} ends at {end}, but offset {seen} has been reached already.',
    remedy:
      'Put back the newest copy of the log, or rebuild the projections from the log as it is; look for the records in between at their source.',
  },
  PRV_LOG_PARTITION_MOVED: {
    failureClass: 'target-down',
    status: 503,
    text: 'Another worker of the group has {topic}/{partition} now; what was in hand was not applied.',
    remedy: 'Nothing is to be done: the other worker is handed the records.',
  },
  PRV_LOG_GROUP_RUNNING: {
    failureClass: 'operator',
    status: 409,
    text: 'The group {group} is reading {topic}, so its position was not moved.',
    remedy: 'Stop the receiver first, move it, and start it again.',
  },
  PRV_LOG_APPEND_UNKNOWN: {
    failureClass: 'unknown-outcome',
    status: 503,
    text: 'It is not known whether the records reached the disk ({fault}).',
    remedy: 'Check the disk and the system log, open the log again and look for the records before sending them again.',
  },
  PRV_LOG_BUSY: {
    failureClass: 'target-down',
    status: 503,
    text: 'The log {folder} cannot be held still at the moment.',
    remedy: 'Try again in a moment; if it goes on, check the disk.',
  },
  PRV_LOG_DISK_FULL: {
    failureClass: 'operator',
    status: 503,
    text: 'The log could not write: the disk took no more data ({fault}).',
    remedy:
      'Make space, raise the limit, or shorten retention; nothing was half-written, and appending works again as soon as there is space.',
  },
  PRV_LOG_READ_ONLY: {
    failureClass: 'operator',
    status: 503,
    text: 'The log {folder} cannot be written ({fault}).',
    remedy: 'Give the user that runs the broker the right to write the folder, or mount the disk for writing.',
  },
  PRV_LOG_FOLDER_OWNED: {
    failureClass: 'operator',
    status: 503,
    text: 'The log {folder} is in use by another process ({owner}).',
    remedy:
      'It is running already: ask it with portreeve status and the same --config, or stop it with Ctrl-C in its terminal. Only one process may own a data folder.',
  },
  PRV_LOG_FOLDER_UNREACHABLE: {
    failureClass: 'operator',
    status: 503,
    text: 'The log {folder} cannot be opened ({fault}).',
    remedy: 'Check the path, and that the user that runs the broker may enter the folder.',
  },
  PRV_LOG_FOLDER_NEWER: {
    failureClass: 'operator',
    status: 503,
    text: 'The log {folder} has format {found}, but this release knows formats up to {known} only.',
    remedy: 'Start the release that wrote it, or a later one. Nothing was changed.',
  },
  PRV_LOG_FOLDER_FOREIGN: {
    failureClass: 'operator',
    status: 503,
    text: 'The folder {folder} holds a log.db that is no log of ours.',
    remedy: 'Point the broker to another folder. Nothing was changed.',
  },
  PRV_LOG_RECORD_CORRUPT: {
    failureClass: 'operator',
    status: 503,
    text: 'The record at offset {offset} of {topic}/{partition} is not as it was written.',
    remedy:
      'Restore the newest sound copy of the log; or, when the record can be had from its source, seek the group to {next} to go on behind it.',
  },
  PRV_LOG_FILE_DAMAGED: {
    failureClass: 'operator',
    status: 503,
    text: 'The file of the log {folder} is damaged ({fault}).',
    remedy: 'Stop the broker, keep a copy of the folder as it is, and restore the newest sound copy.',
  },
  PRV_LOG_FAILED: {
    failureClass: 'operator',
    status: 500,
    text: 'The log {folder} failed ({fault}).',
    remedy: 'Stop the broker and start it again; when it happens again, report it with this text.',
  },
} as const satisfies Record<string, CatalogueEntry>
