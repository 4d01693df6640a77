import type { Context } from "hono";
import { z } from "zod";
import { type Actor, mostCopies } from "../../core/dossier.ts";
import { type DossierId, parseDossierId } from "../../core/ids.ts";
import type { Bytes, Result } from "../../core/kernel.ts";
import { stopsAll } from "../../usecases/act-on-each.ts";
import type { Failure } from "../../usecases/failure.ts";
import type { Part } from "../../usecases/prepare-elsewhere.ts";
import type { ActElsewhere, SigningAct } from "../../usecases/sign-elsewhere.ts";
import { problem, wordsOf } from "../problem.ts";
import { readJson } from "../read-json.ts";
import { guardedRoute, type Route, type Actor as SignedIn, type WebEnv } from "../route.ts";
import { actorOf } from "./answers.ts";

/** One copy, or notice of a refusal, that lacks only its signature, for the token at its holder's computer. */
export type WaitingSignature = {
  readonly id: string;
  readonly dossierId: DossierId;
  /** Null for a notice, as is the book. */
  readonly number: number | null;
  readonly bookText: string | null;
  /** Which of the copies of its number it is, 1 to `copies`. */
  readonly copy: number;
  readonly copies: number;
  readonly toBeSigned: Bytes;
  readonly algorithm: object;
  readonly certificate: Bytes;
};

/** @property next where the next part of the copies begins; null behind the last */
export type WaitingPart = { readonly items: readonly WaitingSignature[]; readonly next: number | null };

export type SignElsewhereWorld = {
  readonly prepare: (use: ActElsewhere, id: DossierId, actor: Actor) => Promise<Result<WaitingSignature, Failure>>;
  /** COPIES-1: the copies of one number in bounded parts, the line itself last. */
  readonly prepareCopies: (
    act: SigningAct,
    id: DossierId,
    part: Part,
    actor: Actor,
  ) => Promise<Result<WaitingPart, Failure>>;
  /** Once for each id, by the person it was prepared for, who still has the act's duty. */
  readonly complete: (
    prepared: { readonly id: string; readonly act: ActElsewhere },
    value: Bytes,
    actor: Actor,
  ) => Promise<Result<{ readonly dossierId: DossierId }, Failure>>;
};

const Id = z.string().refine((text) => parseDossierId(text).ok);
const mostAtOnce = 20;
/** Copies of one number: a second or two of composing, and of timestamps when their values come back. */
const mostOfPart = 50;
const Preparing = z.object({ dossiers: z.array(Id).min(1).max(mostAtOnce) });
const PreparingCopies = z.object({ dossier: Id, after: z.int().min(0).max(mostCopies) });
const Value = z.object({ id: z.uuid(), value: z.base64().max(4096) });
const Completing = z.object({ values: z.array(Value).min(1).max(mostOfPart) });

const demanded = { sign: "signer", seal: "clerk", notice: "signer" } as const;

/** Signing in two requests, for a key at its holder's own computer: prepared here, signed there, completed here. */
export const signElsewhereRoutes = (world: SignElsewhereWorld): readonly Route[] => [
  ...(["sign", "seal"] as const).map((act) =>
    guardedRoute({
      method: "POST",
      path: `/api/${act}/prepared-copies`,
      demands: [demanded[act]],
      handle: (c, person) => preparePart(c, act, person, world),
    }),
  ),
  ...(["sign", "seal", "notice"] as const).flatMap((act) => [
    guardedRoute({
      method: "POST",
      path: `/api/${act}/prepared`,
      demands: [demanded[act]],
      handle: (c, person) => prepareMany(c, act, person, world),
    }),
    guardedRoute({
      method: "POST",
      path: `/api/${act}/values`,
      demands: [demanded[act]],
      bodyLimitBytes: 128 * 1024,
      handle: (c, person) => completeMany(c, act, person, world),
    }),
  ]),
];

async function preparePart(c: Context<WebEnv>, act: SigningAct, person: SignedIn, world: SignElsewhereWorld) {
  const body = await readJson(c, PreparingCopies);
  if (!body.ok) return problem(c, body.failure);
  const { dossier, after } = body.value;
  const part = await world.prepareCopies(act, dossier as DossierId, { after, most: mostOfPart }, actorOf(person));
  if (!part.ok) return problem(c, part.failure);
  return c.json({ items: part.value.items.map(waitingJson), next: part.value.next });
}

async function prepareMany(c: Context<WebEnv>, act: ActElsewhere, person: SignedIn, world: SignElsewhereWorld) {
  const body = await readJson(c, Preparing);
  if (!body.ok) return problem(c, body.failure);
  const items: object[] = [];
  for (const dossierId of new Set(body.value.dossiers)) {
    const prepared = await world.prepare(act, dossierId as DossierId, actorOf(person));
    items.push(prepared.ok ? waitingJson(prepared.value) : { dossierId, ...failureJson(prepared.failure, c) });
  }
  return c.json({ items });
}

function waitingJson({ toBeSigned, certificate, ...told }: WaitingSignature): object {
  return { ...told, toBeSigned: base64(toBeSigned), certificate: base64(certificate) };
}

async function completeMany(c: Context<WebEnv>, act: ActElsewhere, person: SignedIn, world: SignElsewhereWorld) {
  const body = await readJson(c, Completing);
  if (!body.ok) return problem(c, body.failure);
  const items: object[] = [];
  for (const { id, value } of body.value.values) {
    const done = await world.complete({ id, act }, new Uint8Array(Buffer.from(value, "base64")), actorOf(person));
    items.push(done.ok ? { id, dossierId: done.value.dossierId } : { id, ...failureJson(done.failure, c) });
    // an outage would be waited for with each value anew; what was not tried is not told, and is prepared again
    if (!done.ok && stopsAll(done.failure)) return c.json({ items, stopped: true });
  }
  return c.json({ items });
}

const base64 = (bytes: Bytes): string => Buffer.from(bytes).toString("base64");

const failureJson = (failure: Failure, c: Context<WebEnv>): object => ({
  code: failure.code,
  ...wordsOf(failure, c.var.language),
});
