/** One way to break a legal rule in the sources, and the test that must then fail by one of its assertions. */
export type BrokenRule = {
  /** Of docs/legal-rules.md; the test's title names it too. */
  readonly rule: string;
  /** What no longer holds, in a few words. */
  readonly broken: string;
  /** The file that holds the rule: a source, or a migration. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly was: string;
  readonly becomes: string;
  readonly test: string;
  /** Part of the title of one test, or of several that say the same of other values. */
  readonly title: string;
  /** Guards that hold the same beside this one: broken with it, since alone neither is missed. */
  readonly alsoHeldBy?: readonly Guard[];
};

export type Guard = { readonly guard: string } & Pick<BrokenRule, "file" | "was" | "becomes">;
