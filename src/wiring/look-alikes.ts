import type { Context } from "hono";
import { closeLookAlikeWith, findLookAlike, keepLookAlike, lookAlikes } from "../../db/stores/look-alikes.ts";
import { closeLookAlike } from "../usecases/administration/close-look-alike.ts";
import type { LookAlikeDesk } from "../web/pages/administration/look-alikes.tsx";
import type { WebEnv } from "../web/route.ts";
import { beginAttempt } from "../web/throttle.ts";
import type { LookAlikeWorld } from "../web/verification/look-alike.tsx";
import type { House } from "./house.ts";
import { throttleWorld } from "./key-use.ts";

const rule = { name: "look-alike", attempts: 5, windowSeconds: 3600, blockSeconds: 3600 };
/** So that one address cannot fill what administrators read. */
const ruleOfDay = { name: "look-alike-a-day", attempts: 10, windowSeconds: 86_400, blockSeconds: 86_400 };
const mostOpen = 1000; // some megabytes: administrators close them and make room

/** Reports of look-alike sites as visitors send them; nothing of who sent them is kept. */
export const lookAlikeWorld = (house: House, addressOf: (c: Context<WebEnv>) => string): LookAlikeWorld => ({
  now: house.now,
  admit: async (c) => {
    const hour = await beginAttempt(throttleWorld(house), rule, addressOf(c));
    return hour.ok ? beginAttempt(throttleWorld(house), ruleOfDay, addressOf(c)) : hour;
  },
  keep: async (report) => {
    const kept = await keepLookAlike(house.sql, report, mostOpen);
    // what was written stays in the table: strangers' text is no log line
    house.log.warn(kept ? "look_alike_reported" : "look_alikes_unread");
    return kept;
  },
});

/** The same as administrators read and close them. */
export const lookAlikeDesk = ({ sql, now }: House): LookAlikeDesk => ({
  reports: (before, limit) => lookAlikes(sql, before, limit),
  report: (id) => findLookAlike(sql, id),
  close: (id, words, actor) =>
    closeLookAlike(id, words, actor, {
      now,
      report: (asked) => findLookAlike(sql, asked),
      keepClosed: (...kept) => closeLookAlikeWith(sql, ...kept),
    }),
});
