import type { StepTimesWord } from "./step-times.vi.ts";

export const stepTimesEn: Record<StepTimesWord, string> = {
  title: "Standard times of steps",
  lead: "How many minutes of working time each step of a dossier should take. No text fixes them; the agency does. Steps that ended before the day they apply from are held against what applied then.",
  formTitle: "Set standard times",
  usual: "Usually {minutes} minutes. Empty: no standard.",
  usualNone: "Usually none. Empty: no standard.",
  minutesFault: "{step}: write minutes from 1 to {most}, or leave it empty.",
  from: "Applies from",
  fromHint: "Today or later.",
  fromFault: "Applies from: choose today or a later day.",
  save: "Save",
  history: "What was set",
  none: "The agency has set none; the usual times apply.",
  step: "Step",
  minutes: "Working minutes",
  noStandard: "none",
  who: "Who",
  when: "When",
};
