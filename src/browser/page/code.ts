import { inflate } from "../../../signing/format/inflate.ts";
import { type Bytes, instantOfSeconds } from "../../core/kernel.ts";
import { type KeyList, verifyKeyList } from "../../core/key-list.ts";
import { bytesOfBase64 } from "../../core/log/base64.ts";
import { numberText } from "../../core/register.ts";
import { type CodeFacts, signedCodeOfFragment, verifySignedCode } from "../../core/signed-code.ts";
import { openStatusToken, type StatusList, statusFileOf } from "../../core/status/status-list.ts";
import { webSha256, webVerifyEd25519, webVerifyEs256 } from "../../primitives-web.ts";
import { keyListPath, type PublicFiles, statusPath } from "../../publish/public-files.ts";
import { publicFilesHere } from "../public-files-here.ts";

// Reads the signed code of the address's fragment, which no server ever sees, and takes it off the address bar.
type Outcome = "CODE_GENUINE_COMPARE" | "refused" | "another" | "elsewhere" | "unreachable";

const card = document.querySelector<HTMLElement>("[data-signed-code]");
const fragment = location.hash.slice(1);
history.replaceState(null, "", `${location.pathname}${location.search}`);
if (card !== null) void tell(card);

async function tell(place: HTMLElement): Promise<void> {
  const outcome = await judge(place).catch((): Outcome => "unreachable");
  const shown = place.querySelector<HTMLElement>(`[data-outcome="${outcome}"]`);
  if (shown !== null) shown.hidden = false;
  place.hidden = false;
}

async function judge(place: HTMLElement): Promise<Outcome> {
  const code = signedCodeOfFragment(fragment);
  if (!code.ok) return "refused";
  const root = bytesOfBase64(place.dataset["root"] ?? "");
  if (root === null) return "unreachable";
  const read = publicFilesHere(root, () => undefined);
  const list = await keyList(root, read);
  if (list === null) return "unreachable";
  const answer = await verifySignedCode(code.value, list, webVerifyEs256);
  if (!answer.ok) return "refused";
  const { facts } = answer.value;
  if (isOfAnother(place, facts)) return "another";
  const statuses = await statusList(facts.statusIndex, list, read).catch(() => null);
  if (statuses !== null && isElsewhere(place, statuses.issuer)) return "elsewhere";
  fill(place, facts, list);
  showStatus(place, statuses?.statusAt(facts.statusIndex) ?? "unknown");
  return "CODE_GENUINE_COMPARE";
}

/** The link of one copy with the code of another: somebody put them together. */
function isOfAnother({ dataset }: HTMLElement, { number, bookText }: CodeFacts): boolean {
  const shown = dataset["number"];
  return shown !== undefined && (shown !== String(number) || dataset["book"] !== bookText);
}

async function keyList(root: Bytes, read: PublicFiles["read"]): Promise<KeyList | null> {
  const bytes = await read(keyListPath);
  if (bytes === null) return null;
  const ports = { sha256: webSha256, verifyEd25519: webVerifyEd25519 };
  const list = await verifyKeyList(new TextDecoder().decode(bytes), root, ports);
  return list.ok ? list.value : null;
}

function fill(place: HTMLElement, facts: CodeFacts, { agencies }: KeyList): void {
  const [year, month, day] = facts.date.split("-");
  const texts: Readonly<Record<string, string>> = {
    ...{ kind: facts.kind, numberMasked: facts.numberMasked, holderInitials: facts.holderInitials },
    ...{ bookText: facts.bookText, number: numberText(facts.number), pageCount: String(facts.pageCount) },
    date: `${day}/${month}/${year}`,
    agency: agencies.find(({ agencyId }) => agencyId === facts.agencyId)?.agencyName ?? facts.agencyId,
  };
  for (const cell of place.querySelectorAll<HTMLElement>("[data-fact]"))
    cell.textContent = texts[cell.dataset["fact"] ?? ""] ?? "";
}

/** The same keys sign who issues: a genuine code whose link leads to another site than its issuer's was tampered with. */
function isElsewhere(place: HTMLElement, issuer: string): boolean {
  const { host } = new URL(issuer);
  for (const said of place.querySelectorAll<HTMLElement>("[data-issuer]")) said.textContent = host;
  return host !== location.host;
}

function showStatus(place: HTMLElement, status: string): void {
  const said = place.querySelector<HTMLElement>(`[data-status="${status}"]`);
  if (said !== null) said.hidden = false;
}

async function statusList(index: number, list: KeyList, read: PublicFiles["read"]): Promise<StatusList | null> {
  const file = statusFileOf(index);
  const bytes = await read(statusPath(file));
  if (bytes === null) return null;
  const now = instantOfSeconds(Math.floor(Date.now() / 1000));
  const ports = { verifyEd25519: webVerifyEd25519, inflate };
  const opened = await openStatusToken(new TextDecoder().decode(bytes), file, list, now, ports);
  return opened.ok ? opened.value : null;
}
