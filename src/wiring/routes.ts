import { createHmac, randomUUID } from "node:crypto";
import { statfs } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import type { HttpBindings } from "@hono/node-server";
import { isDatabaseOutage } from "../../db/stores/outage.ts";
import { findAccount } from "../../db/stores/people.ts";
import { endSession, findSession, keepSession, touchSession } from "../../db/stores/sessions.ts";
import type { PersonId } from "../core/ids.ts";
import { base64Of } from "../core/log/base64.ts";
import { nodePacking, nodeSha256 } from "../primitives-node.ts";
import { listedRoots } from "../publish/listed-roots.ts";
import { coalesced } from "../roof/coalesced.ts";
import { verifyPassword } from "../roof/passwords.ts";
import { takeFewTurns } from "../roof/turns.ts";
import { type ApplicationWorld, buildApplication } from "../web/application.ts";
import { scriptRoutes, sheetRoutes } from "../web/assets.ts";
import { ownDataRoutes } from "../web/citizens/data-routes.tsx";
import { unlessEnded } from "../web/citizens/ended-link.ts";
import { clientAddress } from "../web/client-address.ts";
import type { Site } from "../web/design/frame.ts";
import type { Asset } from "../web/design/sheets.ts";
import { grantRoutes } from "../web/grants/citizen-routes.tsx";
import { receiverRoutes } from "../web/grants/receiver-routes.tsx";
import { handoverRoutes } from "../web/handover/routes.tsx";
import { healthRoutes } from "../web/health.ts";
import { inboxReportRoutes } from "../web/inbox/report-routes.tsx";
import { inboxRoutes } from "../web/inbox/routes.tsx";
import { comparingRoutes } from "../web/officials/comparing.ts";
import { receivingRoutes } from "../web/officials/receiving.ts";
import { signingRoutes } from "../web/officials/signing.ts";
import { signElsewhereRoutes } from "../web/officials/signing-elsewhere.ts";
import { accountPages } from "../web/pages/administration/account.tsx";
import { lookAlikePages } from "../web/pages/administration/look-alikes.tsx";
import { posterPages } from "../web/pages/administration/poster.tsx";
import { annulmentPages } from "../web/pages/annulment/routes.tsx";
import { breachPages } from "../web/pages/breaches/routes.tsx";
import { homeRoutes } from "../web/pages/home.tsx";
import { inYourNamePages } from "../web/pages/in-your-name/routes.tsx";
import { dataRequestPages } from "../web/pages/personal-data/routes.tsx";
import { queuePages } from "../web/pages/queue/queue.tsx";
import { searchPages } from "../web/pages/queue/search.tsx";
import { refusalPages } from "../web/pages/refusal/routes.tsx";
import { avoidedPages } from "../web/pages/register/avoided.tsx";
import { registerPages } from "../web/pages/register/register.tsx";
import { signInPages } from "../web/pages/sign-in.tsx";
import { signingPages } from "../web/pages/signing/routes.ts";
import { recipientsApi } from "../web/recipients/routes.ts";
import type { Asker, Route } from "../web/route.ts";
import { defaultSessionPolicy, type SessionWorld } from "../web/session.ts";
import { defaultSignInRules, type SignInWorld, sessionRoutes } from "../web/sign-in.ts";
import { helpRoutes } from "../web/verification/help-routes.tsx";
import { hereRoutes } from "../web/verification/here-routes.tsx";
import { lookAlikeRoutes } from "../web/verification/look-alike.tsx";
import { publicFileRoutes } from "../web/verification/public-file-routes.ts";
import { verificationRoutes } from "../web/verification/routes.tsx";
import { uploadRoom } from "../web/verification/upload-room.ts";
import { uploadLimitBytes } from "../web/verification/uploads.tsx";
import { accountWorld } from "./administration.ts";
import { administrationRoutes } from "./administration-routes.ts";
import { breachesWorld } from "./breaches.ts";
import { isEndedLink } from "./citizen-links.ts";
import { ofCitizens } from "./citizen-routes.ts";
import { citizensWorld } from "./citizens.ts";
import { atTheCounter, printedRegisters } from "./counter-routes.ts";
import { dataRequestsWorld } from "./data-requests.ts";
import { deskWorld, queueWorld, registerWorld } from "./desk.ts";
import { activeRecipient } from "./grant-recipients.ts";
import { grantsWorld } from "./grants.ts";
import { handoverWorld } from "./handovers.ts";
import { agencyNameOf, type House, randomOf } from "./house.ts";
import { inYourNameWorld } from "./in-your-name.ts";
import { inboxWorld } from "./inbox.ts";
import { throttleWorld } from "./key-use.ts";
import { lookAlikeDesk, lookAlikeWorld } from "./look-alikes.ts";
import { officialsWorld } from "./officials.ts";
import { ownDataWorld } from "./personal-data.ts";
import { receiversWorld } from "./receivers.ts";
import { keyWorld } from "./recipients.ts";
import { recipientsApiWorld } from "./recipients-api.ts";
import { reportDesk } from "./reporting.ts";
import { scriptAddresses } from "./scripts.ts";
import { signElsewhereWorld } from "./signing-elsewhere.ts";
import { annulling } from "./status.ts";
import { verificationWorld } from "./verification.ts";

export type WebSetting = {
  readonly house: House;
  readonly dataFolder: string;
  readonly trustedProxies: number;
  readonly nobodysPasswordHash: string;
  readonly scripts: readonly Asset[];
  readonly isDraining: () => boolean;
};

/** Everything the service answers, one table. */
export function allRoutes(setting: WebSetting): readonly Route[] {
  const { house } = setting;
  const officials = officialsWorld(house);
  const citizens = citizensWorld(house);
  const desk = deskWorld(house, { ...officials, qrOf: citizens.qrOf });
  const addressOf = addressWith(setting.trustedProxies);
  const verification = verificationWorld(house, deskOfReports(setting), addressOf);
  const inbox = inboxWorld(house, addressOf);
  const signIn = signInWorld(setting);
  const routes = [
    ...healthRoutes({ checks: shared(checksOf(setting)), isDraining: setting.isDraining }),
    ...sheetRoutes(),
    ...scriptRoutes(setting.scripts),
    ...homeRoutes(sessionWorld(house), nodePacking),
    ...signInPages(signIn),
    ...sessionRoutes(signIn),
    ...atTheCounter(house, officials),
    ...refusalPages({ ...officials, ...desk }),
    ...receivingRoutes(officials),
    ...comparingRoutes(officials),
    ...signingRoutes(officials),
    ...signElsewhereRoutes(signElsewhereWorld(house)),
    ...queuePages(queueWorld(house)),
    ...searchPages(queueWorld(house)),
    ...signingPages(desk),
    ...annulmentPages({ ...desk, ...annulling(house) }, nodePacking),
    ...registerPages(registerWorld(house, officials)),
    ...avoidedPages(registerWorld(house, officials)),
    ...printedRegisters(house),
    ...inYourNamePages(inYourNameWorld(house)),
    ...accountPages(accountWorld(house)),
    ...administrationRoutes(setting.house, checksOf(setting)),
    ...ofCitizens(house, citizens, addressOf),
    ...recipientsApi(recipientsApiWorld(house)),
    ...grantRoutes(grantsWorld(house)),
    ...receiverRoutes(receiversWorld(house, addressWith(setting.trustedProxies))),
    ...handoverRoutes(handoverWorld(house)),
    ...inboxRoutes(inbox),
    ...inboxReportRoutes(inbox, verification, uploadRoom(2 * uploadLimitBytes)),
    ...posterPages({
      posterOf: (id, { agencyId }) => activeRecipient(house, id, agencyId),
      qrOf: citizens.qrOf,
      address: house.publicUrl,
    }),
    ...dataRoutes(house),
    ...hereRoutes({ read: (path) => house.publicFiles.read(path), rootKey: () => base64Of(house.rootPublicKey) }),
    ...verificationRoutes(verification),
    ...aboutLookAlikes(setting),
    ...helpRoutes({ roots: () => listedRoots(house.keyList()), packing: nodePacking }),
    ...publicFileRoutes(house.publicFiles),
  ];
  return unlessEnded(routes, (secret) => isEndedLink(house, secret));
}

const aboutLookAlikes = ({ house, trustedProxies }: WebSetting): readonly Route[] => [
  ...lookAlikeRoutes(lookAlikeWorld(house, addressWith(trustedProxies))),
  ...lookAlikePages(lookAlikeDesk(house)),
];

const dataRoutes = (house: House): readonly Route[] => [
  ...ownDataRoutes(ownDataWorld(house)),
  ...dataRequestPages(dataRequestsWorld(house)),
  ...breachPages(breachesWorld(house)),
];

export const buildWeb = (setting: WebSetting) => buildApplication(allRoutes(setting), applicationWorld(setting));

const leastFreeBytes = 256 * 1024 * 1024;

const checksOf = ({ house, dataFolder }: WebSetting) => ({
  database: async () => (await house.sql`select 1`).length === 1,
  disk: async () => {
    const { bavail, bsize } = await statfs(dataFolder);
    return bavail * bsize > leastFreeBytes;
  },
});

/** Anybody may ask whether we are ready, as often as they like: one asking serves all who came meanwhile. */
const shared = (checks: ReturnType<typeof checksOf>) =>
  Object.fromEntries(Object.entries(checks).map(([name, check]) => [name, coalesced(check)]));

const sessionWorld = (house: House): SessionWorld => ({
  now: house.now,
  sessionPolicy: defaultSessionPolicy,
  findSession: (idHash) => findSession(house.db, idHash),
  touchSession: (idHash, seenAt) => touchSession(house.db, idHash, seenAt),
});

/**
 * A check takes 19 MiB and 60 ms of a thread, and anybody may ask for one from each of his addresses: two at a time leave
 * half of the pool to files, and who finds thirty before him is told to come again.
 */
function passwordDoor(): SignInWorld["verifyPassword"] {
  const inTurn = takeFewTurns(2, 30);
  return (passwordHash, password) => inTurn(() => verifyPassword(passwordHash, password));
}

const signInWorld = ({ house, trustedProxies, nobodysPasswordHash }: WebSetting): SignInWorld => ({
  ...throttleWorld(house),
  sessionPolicy: defaultSessionPolicy,
  signInRules: defaultSignInRules,
  randomBytes: randomOf,
  addressOf: addressWith(trustedProxies),
  findAccount: (userName) => findAccount(house.db, userName),
  verifyPassword: passwordDoor(),
  nobodysPasswordHash,
  keepSession: (session) => keepSession(house.db, { ...session, personId: session.personId as PersonId }),
  endSession: (idHash) => endSession(house.db, idHash),
});

const addressWith =
  (trustedProxies: number) =>
  ({ env, req }: Asker): string => {
    const { incoming } = (env ?? {}) as Partial<HttpBindings>;
    return clientAddress(incoming?.socket.remoteAddress ?? "unknown", req.header("x-forwarded-for"), trustedProxies);
  };

const deskOfReports = ({ house, trustedProxies }: WebSetting) =>
  house.reportKey === null ? null : reportDesk(house, house.reportKey, addressWith(trustedProxies));

const siteOf = (house: House, scripts: readonly Asset[]): Site => ({
  development: house.development,
  address: house.publicUrl,
  agencyName: (agencyId) => agencyNameOf(house, agencyId),
  scripts: scriptAddresses(scripts),
});

const applicationWorld = ({ house, scripts, trustedProxies }: WebSetting): ApplicationWorld => ({
  keys: keyWorld(house, addressWith(trustedProxies)),
  site: siteOf(house, scripts),
  ...sessionWorld(house),
  newRequestId: randomUUID,
  monotonicMs: () => performance.now(),
  logRequest: (line) => house.log.info("request", line),
  https: !house.development,
  sha256: nodeSha256,
  isOutage: isDatabaseOutage,
  logError: ({ requestId, route }, error) => house.log.error("request_failed", { requestId, route, error }),
});

/** Keys for one use each from the one secret of the store. */
export const derivedKey = (masterKey: Uint8Array, use: string) =>
  new Uint8Array(createHmac("sha256", masterKey).update(`chungthuc ${use} 1`).digest());
