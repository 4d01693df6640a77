import { createHash, randomBytes } from "node:crypto";
import { bookNamesOf } from "../../db/stores/book-names.ts";
import { takeNumber } from "../../db/stores/numbers.ts";
import { keepPrint, printsOf, totalsOf, totalsOfMonths } from "../../db/stores/register-prints.ts";
import { feeDong } from "../../src/core/fees.ts";
import type { CertificateId } from "../../src/core/ids.ts";
import { type Bytes, fail, ok, type Sha256 } from "../../src/core/kernel.ts";
import { yearOf } from "../../src/core/register.ts";
import type { MadePage, ReadingWorld } from "../../src/usecases/read-original.ts";
import type { ReceivingWorld } from "../../src/usecases/receive-scan.ts";
import type { SealingWorld } from "../../src/usecases/seal-certificate.ts";
import type { SigningWorld } from "../../src/usecases/sign-certificate.ts";
import type { NoticeWorld } from "../../src/usecases/sign-notice.ts";
import type { RegisterWorld } from "../../src/usecases/sign-register.ts";
import { newCode, newFurtherCodes } from "../../src/wiring/codes.ts";
import { keepBlob, newId } from "../../src/wiring/house.ts";
import { noticeWorld } from "../../src/wiring/notices.ts";
import { readingWorld } from "../../src/wiring/reading.ts";
import { receivingWorld } from "../../src/wiring/receiving.ts";
import { sealingWorld } from "../../src/wiring/sealing.ts";
import { signersWorld } from "../../src/wiring/signers.ts";
import { signingWorld } from "../../src/wiring/signing.ts";
import { nothing } from "../citizens/light-house.ts";
import type { Town } from "./town.ts";

/** Worlds of the use cases as the program wires them, but for keys, timestamps and what is drawn or read. */

export const someBytes = (): Bytes => new Uint8Array(randomBytes(24));
const noKey = {
  openKey: async () => ok(nothing as never),
  checkRevocation: async () => ok(null),
};

export const walkReceiving = ({ house }: Town): ReceivingWorld => ({
  ...receivingWorld(house),
  recognise: async () => ok(null),
});

/** @param pages how many the reader finds in a scan */
export const walkReading = ({ house }: Town, pages: number): ReadingWorld => ({
  ...readingWorld(house, { readers: nothing as never, signal: nothing as never, progress: async () => undefined }),
  makePages: async () => ok(Array.from({ length: pages }, aMadePage)),
  readWords: async () => ({ words: someBytes(), straightWords: null, printed: null }),
  streamDigest: (image) => createHash("sha256").update(image).digest("hex") as Sha256,
  progress: async () => undefined,
});

const aMadePage = (): MadePage => ({
  image: someBytes(),
  ...{ widthPx: 1654, heightPx: 2339, dpi: 200, dpiSource: "file", uprightTurn: 0, blank: false },
  ...{ findings: [], fingerprint: null, straight: null },
});

export function walkSigning(town: Town): SigningWorld<never> {
  const { house } = town;
  const real = signingWorld(house);
  return {
    ...real,
    ...noKey,
    takeNumber: async (dossier, signer, today) => {
      await house.pass("number: before");
      const { agencyId, declaredPages, electronicCopies } = dossier;
      const further = await newFurtherCodes(house, agencyId, electronicCopies);
      const numbered = await takeNumber(house.sql, {
        ...{
          dossier,
          signer,
          today,
          suffix: (await bookNamesOf(house.sql, agencyId, yearOf(today))).electronic,
          feeDong: feeDong(declaredPages, electronicCopies),
        },
        fresh: { id: newId<CertificateId>(), ...(await newCode(house, agencyId)), further },
        beforeCommit: () => house.pass("number: inside the transaction"),
      });
      await house.pass("number: committed");
      return numbered;
    },
    compose: async () => ok(someBytes()),
    sign: async () => {
      await house.pass("sign: key used");
      return ok(someBytes());
    },
    examine: async () => ok(null),
    closeKey: () => undefined,
  } as SigningWorld<never>;
}

export function walkSealing(town: Town): SealingWorld<never> {
  const { house, now } = town;
  return {
    ...sealingWorld(house),
    ...noKey,
    seal: async () => {
      await house.pass("seal: key used");
      return ok(someBytes());
    },
    examine: async (sealed: Bytes) => {
      const sha256 = createHash("sha256").update(sealed).digest("hex") as Sha256;
      return ok({ identity: { sha256, length: sealed.length }, sealedAt: now() });
    },
    closeKey: () => undefined,
  } as SealingWorld<never>;
}

export const walkNotice = ({ house, now }: Town): NoticeWorld<never> =>
  ({
    ...noticeWorld(house),
    ...noKey,
    compose: async () => ok(someBytes()),
    sign: async () => ok(someBytes()),
    examine: async () => ok(now()),
  }) as NoticeWorld<never>;

/** @param suffix of the book whose month or year is signed */
export const walkRegister = ({ house, now, sql }: Town, suffix: string): RegisterWorld<never> => ({
  now,
  ...signersWorld(house),
  ...noKey,
  totals: (period, { agencyId }) => totalsOf(sql, { agencyId, suffix }, period),
  months: (year, { agencyId }) => totalsOfMonths(sql, { agencyId, suffix }, year),
  prints: (year, { agencyId }) => printsOf(sql, { agencyId, suffix }, year),
  compose: async () => someBytes(),
  sign: async () => ok(someBytes()),
  examine: async () => ok(now()),
  keepPrint: async (totals, { pdf, signer, signedAt }, actor) => {
    const { blobId } = await keepBlob(house, actor.agencyId, "register_print", pdf);
    await house.pass("register: signed bytes stored");
    const series = { agencyId: actor.agencyId, suffix };
    const kept = await keepPrint(sql, series, totals, { blobId, signer, signedAt }, actor);
    await house.pass("register: kept");
    return kept === "changed" ? fail({ code: "line_changed" }) : ok(null);
  },
});
