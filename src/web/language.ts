/** Languages a person may read us in, Vietnamese first. DESIGN decision 18. */
export const languages = ["vi", "en"] as const;

export type Language = (typeof languages)[number];

/**
 * What the person chose, by the link, then by an earlier choice, then by the browser; Vietnamese otherwise.
 *
 * @param asked.query value of `lang` in the address
 * @param asked.cookie value of the cookie `lang`
 * @param asked.header Accept-Language, RFC 9110 §12.5.4
 */
export function chooseLanguage(asked: {
  query: string | undefined;
  cookie: string | undefined;
  header: string | undefined;
}): Language {
  return named(asked.query) ?? named(asked.cookie) ?? preferred(asked.header ?? "");
}

const named = (tag: string | undefined): Language | undefined => languages.find((language) => language === tag);

/** English only where it is wanted more than Vietnamese. */
function preferred(header: string): Language {
  const weights = header.slice(0, 1000).split(",").map(weighted);
  const best = (language: Language) =>
    Math.max(0, ...weights.filter((one) => one.language === language).map((one) => one.weight));
  return best("en") > best("vi") ? "en" : "vi";
}

function weighted(range: string): { language: string; weight: number } {
  const [tag = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  const weight = quality === undefined ? 1 : Number(quality);
  return { language: tag.slice(0, 2), weight: weight >= 0 && weight <= 1 ? weight : 0 };
}
