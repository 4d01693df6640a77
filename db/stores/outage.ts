const lostConnection = [
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
];

// PostgreSQL Appendix A: class 08 connection, 53 resources, 57P0x shutting down or starting, 25P03 cut off while idle
const outOfService = /^(08...|53...|57P0[1-5]|25P03)$/;

/** True when an exception says that the database cannot be reached or cannot serve now: try again, nobody's bug. */
export function isDatabaseOutage(error: unknown): boolean {
  let link = error;
  for (let depth = 0; depth < 5 && link instanceof Error; depth += 1) {
    const code = "code" in link ? String(link.code) : "";
    if (lostConnection.includes(code) || outOfService.test(code)) return true;
    link = link.cause; // drizzle wraps what the driver threw
  }
  return false;
}
