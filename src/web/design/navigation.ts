import type { Role } from "../route.ts";
import type { FrameWord } from "../words/frame.vi.ts";

const counter = ["receiver", "comparer", "signer", "clerk"] as const;

type Way = {
  readonly href: string;
  readonly word: FrameWord;
  readonly roles: readonly Role[];
  /** Pages of the same work at addresses of their own. */
  readonly also?: readonly string[];
};

/** The officials' ways through the house, in the order of the work; each is offered to those who may go it. */
export const ways: readonly Way[] = [
  { href: "/queue", word: "wayQueue", roles: counter, also: ["/undelivered"] },
  { href: "/dossiers/new", word: "wayReceive", roles: ["receiver"] },
  { href: "/search", word: "waySearch", roles: counter },
  { href: "/deadlines", word: "wayDeadlines", roles: [...counter, "administrator"] },
  { href: "/register", word: "wayRegister", roles: [...counter, "administrator"] },
  { href: "/fees", word: "wayFees", roles: ["receiver", "signer", "administrator"] },
  { href: "/petitions", word: "wayPetitions", roles: ["signer", "administrator"], also: ["/ratings"] },
  { href: "/statistics", word: "wayStatistics", roles: ["signer", "administrator"], also: ["/weekly"] },
  { href: "/province", word: "wayProvince", roles: ["province"], also: ["/weekly"] },
  { href: "/in-your-name", word: "wayInYourName", roles: ["signer", "clerk", "administrator"] },
  { href: "/admin", word: "wayAdmin", roles: ["administrator"] },
];

/** The way that a page lies on: the longest that its address begins with. */
export function wayOf(address: string): string | null {
  const path = address.split("?")[0] ?? "";
  const lies = (on: string) => path === on || path.startsWith(`${on}/`);
  const fitting = ways.filter(({ href, also = [] }) => [href, ...also].some(lies));
  return fitting.toSorted((a, b) => b.href.length - a.href.length)[0]?.href ?? null;
}
