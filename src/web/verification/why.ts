import type { KeyListFailure } from "../../core/key-list.ts";
import type { RecordFailure } from "../../core/record.ts";
import type { RecordProofFailure } from "../../core/record-proof.ts";
import type { KeyListMissing } from "../../publish/published-records.ts";
import type { VerificationWord } from "../words/verification.vi.ts";

/** Every reason not to believe a published record. */
export type Distrust = (RecordFailure | RecordProofFailure | KeyListFailure | KeyListMissing)["code"];

export const whyWord: Readonly<Record<Distrust, VerificationWord>> = {
  record_malformed: "whyRecordChanged",
  record_changed: "whyRecordChanged",
  leaf_malformed: "whyLeafDiffers",
  leaf_of_another_copy: "whyLeafDiffers",
  commitment_wrong: "whyCommitmentWrong",
  malformed_checkpoint: "whyCheckpointWrong",
  checkpoint_of_another_log: "whyCheckpointWrong",
  checkpoint_not_signed_by_log: "whyCheckpointWrong",
  checkpoint_signature_wrong: "whyCheckpointWrong",
  log_key_unknown: "whyCheckpointWrong",
  cosignature_wrong: "whyCheckpointWrong",
  not_in_log: "whyNotInLog",
  key_list_missing: "whyKeysUnknown",
  key_list_malformed: "whyKeysUnknown",
  key_list_of_another_root: "whyKeysUnknown",
  key_list_signature_wrong: "whyKeysUnknown",
  key_list_rolled_back: "whyKeysUnknown",
};
