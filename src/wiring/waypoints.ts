/**
 * Places on the way of a certificate, of its annulment, of a notice of refusal, or of a print of the register, at which a process may die. Each is passed after what its name says is durable or
 * done; the tests kill the process there, and the way must go on after a restart (DESIGN decision 7).
 */
export type Waypoint =
  | "number: before"
  | "number: inside the transaction"
  | "number: committed"
  | "sign: key used"
  | "sign: timestamp received"
  | "sign: signed bytes stored"
  | "sign: kept"
  | "sign: copy kept"
  | "seal: key used"
  | "seal: timestamp received"
  | "seal: sealed bytes stored"
  | "seal: kept"
  | "seal: copy kept"
  | "notice: key used"
  | "notice: timestamp received"
  | "notice: signed bytes stored"
  | "notice: kept"
  | "register: key used"
  | "register: timestamp received"
  | "register: signed bytes stored"
  | "register: kept"
  | "log: leaf appended"
  | "log: further leaves appended"
  | "log: tiles written"
  | "log: checkpoint written"
  | "log: marked"
  | "publish: record written"
  | "publish: further record written"
  | "publish: released"
  | "annulment: further record written"
  | "evidence: timestamp received"
  | "evidence: bytes stored"
  | "evidence: kept";

export type Pass = (waypoint: Waypoint) => Promise<void>;

export const passOn: Pass = async () => undefined;
