import type { Actor } from "../../core/dossier.ts";
import type { AgencyId, PersonId } from "../../core/ids.ts";
import { type Bytes, fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import type { AdministrationFailure } from "./failure.ts";
import { type Note, noteOf } from "./note.ts";
import type { AgencyPerson } from "./person.ts";

/** Four bytes a pixel, red, green, blue, opacity; row by row from the top. */
export type Picture = { readonly widthPx: number; readonly heightPx: number; readonly rgba: Bytes };

export type PictureWorld = {
  readonly now: () => Instant;
  readonly person: (id: PersonId, agencyId: AgencyId) => Promise<AgencyPerson | null>;
  /** In a process of its own: whoever uploads, the bytes are a stranger's. */
  readonly decode: (file: Bytes) => Promise<Result<Picture, AdministrationFailure>>;
  /** One transaction with the note. */
  readonly keep: (personId: PersonId | null, picture: Picture, note: Note) => Promise<void>;
};

/** The seal's (person null) or a signer's picture: blue signature, red seal, both transparent. NĐ 30/2020 Appendix I. */
export async function keepPicture(
  personId: PersonId | null,
  file: Bytes,
  actor: Actor,
  world: PictureWorld,
): Promise<Result<null, AdministrationFailure>> {
  const person = personId === null ? null : await world.person(personId, actor.agencyId);
  if (personId !== null && person === null) return fail({ code: "not_found" });
  if (person !== null && !person.roles.includes("signer")) return fail({ code: "holder_not_signer" });
  const picture = await world.decode(file);
  if (!picture.ok) return picture;
  const sound = checkInk(picture.value, person === null ? "seal" : "signature");
  if (!sound.ok) return sound;
  const what = person === null ? "seal_picture_kept" : "signature_picture_kept";
  await world.keep(personId, picture.value, noteOf(actor, what, person?.fullName ?? "", world.now()));
  return ok(null);
}

const leastClear = 0.1; // of all pixels: a picture cut to its ink still shows its ground between the strokes

/** By the colour that most of the ink has; grey shadows of a scan count for neither. */
function checkInk(picture: Picture, of: "seal" | "signature"): Result<null, AdministrationFailure> {
  const seen = { clear: 0, red: 0, blue: 0, other: 0 };
  const { rgba } = picture;
  for (let at = 0; at + 3 < rgba.length; at += 4) seen[inkAt(rgba, at)]++;
  if (seen.clear < (rgba.length / 4) * leastClear) return fail({ code: "picture_opaque" });
  const fits = of === "seal" ? seen.red > seen.blue : seen.blue > seen.red;
  return fits ? ok(null) : fail({ code: "picture_colour", of });
}

function inkAt(rgba: Bytes, at: number): "clear" | "red" | "blue" | "other" {
  const [red, green, blue] = [rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0];
  if ((rgba[at + 3] ?? 0) < 128) return "clear";
  if (red > Math.max(green, blue) + 24) return "red";
  return blue > Math.max(red, green) + 24 ? "blue" : "other";
}
