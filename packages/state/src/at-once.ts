/** The same methods, of which these answer when they return: others can join them into one transaction. */
export type AtOnce<Store, Methods extends keyof Store> = Omit<Store, Methods> & {
  readonly [Method in Methods]: Store[Method] extends (...told: infer Told) => Promise<infer Answer>
    ? (...told: Told) => Answer
    : never
}
