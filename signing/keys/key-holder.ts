import type { Bytes, Result } from "../../src/core/kernel.ts";
import type { SignatureAlgorithm } from "../format/primitives.ts";

/**
 * Whoever can sign for one certificate: a PKCS#12 in memory, a token, an HSM, a remote signing service. DESIGN decision 2.
 */
export type KeyHolder = {
  /** DER, RFC 5280. */
  readonly certificate: Bytes;
  /** DER of the issuers that the holder knows, nearest first; may be empty. */
  readonly chain: readonly Bytes[];
  /** What the holder signs with unless asked otherwise. */
  readonly algorithm: SignatureAlgorithm;
  /**
   * @param toBeSigned DER SET of signed attributes, RFC 5652 §5.4; a device that takes digests hashes inside
   * @returns the signature value as CMS wants it: ECDSA as DER SEQUENCE of r and s
   */
  readonly sign: (toBeSigned: Bytes, algorithm: SignatureAlgorithm) => Promise<Result<Bytes, KeyFailure>>;
  /**
   * One authorisation over exactly these values, for holders that ask for one each time; others sign one by one.
   *
   * @returns a result for each value, in order; a failure where nothing was signed
   */
  readonly signAll?: (
    values: readonly Bytes[],
    algorithm: SignatureAlgorithm,
  ) => Promise<Result<readonly Result<Bytes, KeyFailure>[], KeyFailure>>;
  /** Locks what was unlocked. Where it is forgotten the holder does it by itself, a minute after its last use. */
  readonly close?: () => void;
};

export type KeyFailure =
  /** The person or the device said no. */
  | { readonly code: "key_refused"; readonly reason: string }
  /** The device or service cannot be reached now. */
  | { readonly code: "key_unavailable"; readonly reason: string }
  | { readonly code: "algorithm_unsupported"; readonly algorithm: SignatureAlgorithm };
