import { type Instant, instantOfSeconds, secondsOf } from "./kernel.ts";

/** How somebody checked a copy: by its link or code, by the file itself, or a recipient's program by its key. */
export type CheckDoor = "link" | "file" | "key";

/** All that is kept of a check, to the minute; never who it was. */
export type CopyCheck = { readonly at: Instant; readonly door: CheckDoor };

export const minuteOf = (at: Instant): Instant => instantOfSeconds(secondsOf(at) - (secondsOf(at) % 60));
