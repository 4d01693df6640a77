import { z } from "zod";
import { parseEmail } from "../../core/dispatch.ts";
import { identityKinds, mostCopies } from "../../core/dossier.ts";
import { type Instant, parseInstant } from "../../core/kernel.ts";
import { offSiteGrounds } from "../../core/off-site.ts";
import { procedures } from "../../core/procedure.ts";
import { channels, helpReasons } from "../../core/submission.ts";
import { problem } from "../problem.ts";
import { readJson } from "../read-json.ts";
import { guardedRoute, type Route } from "../route.ts";
import { actorOf, answerJson, onDossierWith } from "./answers.ts";
import type { OfficialsWorld } from "./world.ts";

/** One line of text as people write it. */
export const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    // nothing unseen: no control sign (PostgreSQL takes no NUL), none that turns the order round, no half of a pair
    .regex(/^[^\p{C}\u2028\u2029]*$/u)
    .transform((text) => text.normalize("NFC"));

/** An address that a letter can go to; a fault at its field otherwise. */
export const emailText = z.string().transform((text, ctx) => {
  const email = parseEmail(text.trim());
  if (email.ok) return email.value;
  ctx.addIssue({ code: "custom", message: "malformed_email" });
  return z.NEVER;
});

/** NĐ 137/2015 Art. 13: twelve digits. */
export const personalNumber = z.string().regex(/^\d{12}$/);

const orNull = <T extends z.ZodType>(shape: T) => shape.nullable().default(null);

const paper = {
  formId: orNull(z.uuid()),
  paperCopies: z.int().min(0).max(1000).default(0),
  onPaperOnly: z.boolean().default(false),
  kind: line(120),
  title: line(300),
  documentNumber: orNull(line(120)),
  issuedBy: orNull(line(200)),
  issuedOn: orNull(line(40)),
  procedure: z.enum(procedures).default("vietnamese"),
  declaredPages: z.int().min(1).max(2000),
  electronicCopies: z.int().min(1).max(mostCopies).default(1),
};
/** OFFSITE-1. */
const offSite = z.object({
  ground: z.enum(offSiteGrounds),
  groundNote: orNull(line(300)),
  deed: line(200),
  askedBy: line(200),
  place: line(200),
  actAt: orNull(
    z
      .string()
      .refine((text) => parseInstant(text).ok)
      .transform((text) => text as Instant),
  ),
});
/** Nobody asks for nothing. */
const someCopy = (asked: { onPaperOnly: boolean; paperCopies: number }) => !asked.onPaperOnly || asked.paperCopies > 0;
const copiesPath = { path: ["paperCopies"] };
const Opening = z
  .object({
    applicantName: line(200),
    identityDigits: z.string().regex(/^\d{4}$/),
    identityKind: orNull(z.enum(identityKinds)),
    contact: orNull(line(200)),
    email: orNull(emailText),
    storeAccount: orNull(personalNumber),
    channel: z.enum(channels).default("counter"),
    help: orNull(z.object({ reason: z.enum(helpReasons), by: line(200), readAloud: z.boolean().default(false) })),
    offSite: orNull(offSite),
    holderName: line(200),
    ...paper,
  })
  .refine(someCopy, copiesPath);
const AnotherPaper = z
  .object({ identityDigits: z.string().regex(/^\d{4}$/), holderName: orNull(line(200)), ...paper })
  .refine(someCopy, copiesPath);
/** What one applicant presents at one time: the first paper, and others beside it. DOS-1. */
export const openingRoutes = (world: OfficialsWorld): readonly Route[] => [
  guardedRoute({
    method: "POST",
    path: "/api/dossiers",
    demands: ["receiver"],
    handle: async (c, person) => {
      const opening = await readJson(c, Opening);
      if (!opening.ok) return problem(c, opening.failure);
      return answerJson(c, await world.openDossier(opening.value, actorOf(person)), 201);
    },
  }),
  guardedRoute({
    method: "POST",
    path: "/api/dossiers/:id/another",
    demands: ["receiver"],
    handle: async (c, person) =>
      answerJson(
        c,
        await onDossierWith(c, c.req.param("id"), AnotherPaper, (id, paper) =>
          world.addPaper(id, paper, actorOf(person)),
        ),
        201,
      ),
  }),
];
