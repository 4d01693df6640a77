import { speaker } from "../../design/speech.ts";
import { feesEn } from "../../words/fees.en.ts";
import { feesVi } from "../../words/fees.vi.ts";
import { feesRoomEn } from "../../words/fees-room.en.ts";
import { feesRoomVi } from "../../words/fees-room.vi.ts";

export const feesSpeech = speaker({ vi: feesVi, en: feesEn });

export const feesRoomSpeech = speaker({ vi: feesRoomVi, en: feesRoomEn });
