import type { Dossier } from "../../../core/dossier.ts";
import type { ActElsewhere } from "../../../usecases/sign-elsewhere.ts";
import { Button, Form } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { speaker } from "../../design/speech.ts";
import { remoteEn } from "../../words/signing-remote.en.ts";
import { remoteVi } from "../../words/signing-remote.vi.ts";
import { pageOf } from "./remote-world.ts";
import { addressOf } from "./speech.ts";

export const remoteSpeech = speaker({ vi: remoteVi, en: remoteEn });

type RemoteFormProps = {
  readonly frame: Frame;
  readonly act: ActElsewhere;
  readonly service: string;
  readonly dossier: Pick<Dossier, "id">;
};

/** Where the key asks for its holder on a page of its own, there is no PIN to be typed here. */
export const RemoteForm = ({ frame, act, service, dossier }: RemoteFormProps) => {
  const { say } = remoteSpeech(frame.language);
  return (
    <Form frame={frame} action={`${addressOf(dossier)}/${pageOf[act]}/remote`} once>
      <p>{say("remoteLead", { service })}</p>
      <Button>{say(act === "notice" ? "remoteBeginNotice" : "remoteBegin")}</Button>
      <p class="hint">{say(act === "notice" ? "remoteNoticeHint" : "remoteNumberHint")}</p>
    </Form>
  );
};
