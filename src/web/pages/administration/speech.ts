import type { AdministrationFailure } from "../../../usecases/administration/failure.ts";
import type { Fault } from "../../design/error-summary.tsx";
import { type SpeechOf, speaker } from "../../design/speech.ts";
import { waitText } from "../../design/time.ts";
import type { Language } from "../../language.ts";
import { administrationEn } from "../../words/administration.en.ts";
import { type AdministrationWord, administrationVi } from "../../words/administration.vi.ts";
import { administrationFailuresEn } from "../../words/administration-failures.en.ts";
import { administrationFailuresVi } from "../../words/administration-failures.vi.ts";

export type Speech = SpeechOf<AdministrationWord>;

export const speechIn = speaker({ vi: administrationVi, en: administrationEn });

const failuresIn = speaker({ vi: administrationFailuresVi, en: administrationFailuresEn });

/** At which field of its form a failure is told; the others are about the whole. */
const fieldOf: Partial<Record<AdministrationFailure["code"], string>> = {
  user_name_taken: "userName",
  wrong_password: "current",
  password_unchanged: "password",
  agency_code_taken: "code",
  holder_not_signer: "holder",
  deed_missing: "deedNumber",
  substitute_unfit: "substitute",
  absence_twice: "from",
  key_file_unreadable: "file",
  key_file_pin: "pin",
  certificate_unreadable: "file",
  key_place_unknown: "place",
  key_too_weak: "file",
  certificate_untrusted: "file",
  certificate_expired: "file",
  certificate_taken: "file",
  recipient_name_taken: "name",
  picture_refused: "file",
  picture_opaque: "file",
  picture_colour: "file",
  picture_unread: "file",
  last_administrator: "roles",
  province_unfit: "roles",
};

/** @param fields of the form; a fault whose field is not among them is about the whole */
export function faultOf(failure: AdministrationFailure, language: Language, fields: readonly string[]): Fault {
  const { code, ...data } = failure;
  const wait = failure.code === "throttled" ? { wait: waitText(failure.retryAfterSeconds, language) } : {};
  const field = failure.code === "not_printable" ? failure.field : (fieldOf[code] ?? null);
  const says = failuresIn(language).say(code, { ...(data as Record<string, string | number>), ...wait });
  return { field: field !== null && fields.includes(field) ? field : null, says };
}

/** Of a form that is shown again. */
export const statusOfFailure = ({ code }: AdministrationFailure): 403 | 409 | 422 | 429 => {
  if (code === "throttled") return 429;
  if (code === "wrong_password" || code === "key_file_pin") return 403;
  return fieldOf[code] === "file" ? 422 : 409;
};
