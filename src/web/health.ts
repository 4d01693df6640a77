import { setTimeout as after } from "node:timers/promises";
import { publicRoute, type Route } from "./route.ts";

export type HealthWorld = {
  /** What the service cannot work without, by name: `database`, `disk`. False or a throw means it is not there. */
  readonly checks: Readonly<Record<string, () => Promise<boolean>>>;
  /** True from the signal to stop on: no new work is to be sent here. */
  readonly isDraining: () => boolean;
};

const checkLimitMs = 2_000;

/**
 * `GET /healthz`: the process answers. `GET /readyz`: it can do its work, else 503. Names and states only; why a
 * check failed is in the log of what failed.
 */
export const healthRoutes = (world: HealthWorld): readonly Route[] => [
  publicRoute({ method: "GET", path: "/healthz", handle: (c) => c.json({ up: true }) }),
  publicRoute({
    method: "GET",
    path: "/readyz",
    handle: async (c) => {
      const draining = world.isDraining();
      const states = await Promise.all(Object.entries(world.checks).map(stateOf));
      const ready = !draining && states.every(([, fine]) => fine);
      return c.json({ ready, draining, checks: Object.fromEntries(states) }, ready ? 200 : 503);
    },
  }),
];

/** A check that hangs is a check that fails: a balancer must not wait for a stuck disk. */
async function stateOf([name, check]: [string, () => Promise<boolean>]): Promise<[string, boolean]> {
  const late = after(checkLimitMs, false, { ref: false });
  const fine = await Promise.race([
    Promise.resolve()
      .then(check)
      .catch(() => false),
    late,
  ]);
  return [name, fine];
}
