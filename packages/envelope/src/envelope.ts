/** Who speaks of whom, when, about what: CloudEvents 1.0 attributes, ours beside them. Immutable; text only. */
export interface Envelope {
  /** CloudEvents `id`. Derived from its cause wherever there is one, so that a repeat is recognised as the same message. */
  readonly id: string
  /** CloudEvents `source`: URI reference of the adapter instance or step that made it, such as `/x99999999/revenues`. */
  readonly source: string
  /** CloudEvents `type`: `<domain>.<entity>.<fact, past tense>`; also the name of the topic. */
  readonly type: string
  /** CloudEvents `time`: RFC 3339, UTC. When the fact was accepted here. */
  readonly time: string
  /** CloudEvents `subject`: what it is about, such as the UPRN. */
  readonly subject?: string
  /** CloudEvents `datacontenttype` of the body: `application/json`, `application/xml`. */
  readonly dataContentType: string
  /** CloudEvents `dataschema`: `$id` of the canonical schema. */
  readonly dataSchema?: string

  /** For people: short, with a check character, never reused. */
  readonly reference: string
  /** Id of the first message of the transaction; equal to `id` for the first one. */
  readonly correlationId: string
  /** Id of the message that this one follows from. */
  readonly causationId?: string
  /** GSS code of the council, such as `E09000003`. */
  readonly authority: string
  /** e-GMS-like channel: how it reached us: `file`, `web`, `phone`, `post`, `partner`, `system`. */
  readonly channel: string
  readonly uprn?: string
  /** The council's own reference of a person or business. Set by the first system that knows one; a revenues file does not. */
  readonly customer?: string
  /** Local Government Service List id, digits. */
  readonly lgsl?: string
  /**
   * Local Government Interaction List id, digits: what somebody does with the service. Absent from billing authority reports:
   * the list has several that are near (8 providing information, 11 changing circumstances, 17 reporting), and no source says
   * which one is meant where an authority reports to the VOA.
   */
  readonly lgil?: string
  /** e-GMS 3.1 mandatory elements that CloudEvents has no word for. */
  readonly egms?: EGms
  /** W3C Trace Context. */
  readonly traceParent?: string
  readonly traceState?: string
  /**
   * Label of the receiver that an update came from: it never goes back there. To be set by the first system that both sends
   * updates and takes them; until then every receiver asks `neverEchoes`, and tests make the header themselves.
   */
  readonly origin?: string
  /** Version of the configuration that the broker worked with when it made this. */
  readonly configuration?: string
  /** Of a replay: id of the message that it repeats, which is never a replay itself. */
  readonly replayOf?: string
  /** Of a replay: name of the one receiver that it is for. */
  readonly replayTo?: string
  /** Of a replay: `yes` when it is to have effect once more where the message that it repeats had its effect already. */
  readonly replayAgain?: string
  /** Message History: the steps it passed, oldest first, `<step>@<time>`. */
  readonly history?: readonly string[]
}

export interface EGms {
  readonly creator: string
  readonly title: string
  /** e-GMS Subject.category. */
  readonly subjectCategory: string
}

/** An envelope and what is in it. The body's bytes are parsed by whoever needs them, once. */
export interface Message {
  readonly envelope: Envelope
  readonly body: Uint8Array
}
