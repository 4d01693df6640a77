/** What icon, word and colour say together; colour alone never says it. */
export type Tone = "good" | "bad" | "care" | "neutral";

const shapes: Readonly<Record<Tone, string>> = {
  good: "M5 12.5l4.5 4.5L19 7.5",
  bad: "M6 6l12 12M18 6L6 18",
  care: "M12 5v9M12 18.2v.3",
  neutral: "M12 5.5v.3M12 10v8.5",
};

/** Beside a word that says the same, so hidden from voices. */
export const ToneIcon = ({ tone }: { tone: Tone }) => (
  <svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true" focusable="false">
    <circle cx="12" cy="12" r="12" class="disc" />
    <path d={shapes[tone]} class="mark" />
  </svg>
);

/** The mark alone, in the colour of the text around it. */
export const ToneMark = ({ tone }: { tone: Tone }) => (
  <svg viewBox="0 0 24 24" width="14" height="14" aria-hidden="true" focusable="false">
    <path d={shapes[tone]} />
  </svg>
);

const sealShape = (
  <>
    <circle cx="20" cy="20" r="18.5" fill="none" stroke="#fff" stroke-width="2" />
    <circle cx="20" cy="20" r="14.5" fill="none" stroke="#ffd54a" stroke-width="1.2" stroke-dasharray="1.6 2.2" />
    <path d="M13 20.5l5 5L28 15" fill="none" stroke="#fff" stroke-width="3.2" stroke-linecap="round" />
  </>
);

/** Our own sign: a seal's ring with a check in it. No state's or agency's emblem, which is theirs to give. */
export const SealMark = () => (
  <svg viewBox="0 0 40 40" width="40" height="40" aria-hidden="true" focusable="false">
    {sealShape}
  </svg>
);

/** The same for the browser's tab. */
export const markFile =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="20" fill="#7a1212"/>' +
  '<path d="M11 20.5l6.5 6.5L30 13.5" fill="none" stroke="#fff" stroke-width="4.4" stroke-linecap="round"/></svg>';
