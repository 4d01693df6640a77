import type { Grant } from "../../core/grant.ts";
import { fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import type { Failure } from "../failure.ts";

export type ConfirmingWorld<Request> = {
  readonly now: () => Instant;
  /** Counts the attempt first; given back by `giveBack`. */
  readonly beginAttempt: (grant: Grant) => Promise<Result<{ readonly giveBack: () => Promise<void> }, Failure>>;
  /** Of this grant: those that wait for their citizen and whose time is not over. */
  readonly waiting: (grant: Grant) => Promise<readonly Request[]>;
  /** The number on the screen of who asks, compared in constant time. */
  readonly isNumberOf: (request: Request, typed: string) => boolean;
  /** @returns false when its time was over or it was confirmed before */
  readonly confirm: (request: Request, at: Instant) => Promise<boolean>;
};

/**
 * The citizen stands before the office and types the number that its screen shows: so it is this screen that may open,
 * and not whoever else holds the link.
 */
export async function confirmAtCounter<Request>(
  grant: Grant,
  typed: string,
  world: ConfirmingWorld<Request>,
): Promise<Result<null, Failure>> {
  const attempt = await world.beginAttempt(grant);
  if (!attempt.ok) return attempt;
  const meant = (await world.waiting(grant)).filter((request) => world.isNumberOf(request, typed));
  const [request, another] = meant;
  // Two screens with one number cannot be told apart: neither is let in, and both get a new number by asking again.
  if (request === undefined || another !== undefined) return fail({ code: "wrong_number" });
  if (!(await world.confirm(request, world.now()))) return fail({ code: "wrong_number" });
  await attempt.value.giveBack();
  return ok(null);
}
