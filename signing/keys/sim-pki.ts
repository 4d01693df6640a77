import { type Bytes, fail, ok, type Result } from "../../src/core/kernel.ts";
import type { SignatureAlgorithm } from "../format/primitives.ts";
import type { KeyFailure, KeyHolder } from "./key-holder.ts";

/**
 * A key in a phone's SIM, reached through the operator's service: the person confirms on the phone. A port: which
 * interface the operators offer is not known here (LAW 5.6); whoever connects one writes this.
 */
export type SimPki = {
  /** Sends the digests to the phone, which shows `code`. @returns the name of the request */
  readonly ask: (question: SimQuestion) => Promise<Result<string, { readonly code: "sim_unreachable" }>>;
  readonly standing: (request: string) => Promise<SimStanding>;
};

export type SimQuestion = {
  readonly values: readonly Bytes[];
  readonly algorithm: SignatureAlgorithm;
  /** Four digits on both screens: the person confirms only where they are the same. */
  readonly code: string;
};

export type SimStanding =
  | { readonly state: "waiting" }
  | { readonly state: "confirmed"; readonly signatures: readonly Bytes[] }
  | { readonly state: "refused" }
  | { readonly state: "timed_out" };

/** What the page shows while the phone is asked. */
export type SimProgress = { readonly state: SimStanding["state"]; readonly code: string };

export type SimOpening = Pick<KeyHolder, "certificate" | "chain" | "algorithm"> & {
  readonly sim: SimPki;
  /** Below one, at random; never the same code for two requests that wait beside each other by more than chance. */
  readonly random: () => number;
  readonly tell: (progress: SimProgress) => void;
  /** Waits a moment; the roof's clock. */
  readonly pause: () => Promise<void>;
  /** After so many looks the request counts as timed out, whatever the operator says. */
  readonly mostLooks: number;
};

/** One confirmation on the phone for the exact list; each value is still verified with the certificate by who asked. */
export function openSimPki(opening: SimOpening): KeyHolder {
  const { certificate, chain, algorithm } = opening;
  const signAll = (values: readonly Bytes[], asked: SignatureAlgorithm) => confirmOnPhone(opening, values, asked);
  const sign: KeyHolder["sign"] = async (toBeSigned, asked) => {
    const signed = await signAll([toBeSigned], asked);
    return signed.ok ? (signed.value[0] ?? fail(unanswered)) : signed;
  };
  return { certificate, chain, algorithm, sign, signAll };
}

const unanswered = { code: "key_unavailable", reason: "sim_answer_malformed" } as const;

async function confirmOnPhone(
  { sim, random, tell, pause, mostLooks }: SimOpening,
  values: readonly Bytes[],
  algorithm: SignatureAlgorithm,
): Promise<Result<readonly Result<Bytes, KeyFailure>[], KeyFailure>> {
  const code = String(Math.floor(random() * 10_000)).padStart(4, "0");
  const request = await sim.ask({ values, algorithm, code });
  if (!request.ok) return fail({ code: "key_unavailable", reason: request.failure.code });
  for (let looks = 0; looks < mostLooks; looks++) {
    const standing = await sim.standing(request.value);
    tell({ state: standing.state, code });
    if (standing.state === "refused") return fail({ code: "key_refused", reason: "sim_refused" });
    if (standing.state === "timed_out") break;
    if (standing.state === "confirmed") {
      const { signatures } = standing;
      return signatures.length === values.length ? ok(signatures.map((one) => ok(one))) : fail(unanswered);
    }
    await pause();
  }
  tell({ state: "timed_out", code });
  return fail({ code: "key_refused", reason: "sim_timed_out" });
}
