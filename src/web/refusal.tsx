import type { Context } from "hono";
import { Buttons, LinkButton } from "./design/form.tsx";
import { personFrame, publicFrame } from "./design/frame.ts";
import { Page } from "./design/page.tsx";
import { otherLanguage } from "./design/speech.ts";
import { Verdict } from "./design/verdict.tsx";
import { type Problem, problem, statusOf, wordsOf } from "./problem.ts";
import type { WebEnv } from "./route.ts";
import { frameSpeech } from "./words/frame.ts";

/** Whether the answer is for a person to read: by the route, or by what the client asks for (RFC 9110 §12.5.1). */
export function wantsPage(c: Context<WebEnv>): boolean {
  const { face } = c.var;
  return face === "page" || (face === "either" && /\btext\/html\b/.test(c.req.header("accept") ?? ""));
}

/**
 * A failure, told as the route's face asks.
 *
 * @param signInAt where to sign in again, for a page of a session that ended
 */
export function refuse(c: Context<WebEnv>, failure: Problem, signInAt?: string): Response | Promise<Response> {
  if (!wantsPage(c)) return problem(c, failure);
  if (failure.code === "throttled") c.header("retry-after", String(failure.retryAfterSeconds));
  return c.html(<FailurePage c={c} failure={failure} signInAt={signInAt} />, statusOf[failure.code]);
}

type FailurePageProps = {
  readonly c: Context<WebEnv>;
  readonly failure: Problem;
  readonly signInAt?: string | undefined;
};

/** What happened, in both languages, what to do next, and the id that finds the line in the log. */
const FailurePage = ({ c, failure, signInAt }: FailurePageProps) => {
  const { actor, language, requestId } = c.var;
  const { say } = frameSpeech(language);
  const { title, detail } = wordsOf(failure, language);
  const beside = wordsOf(failure, otherLanguage(language)).title;
  return (
    <Page frame={actor === null ? publicFrame(c) : personFrame(c, actor)} title={title}>
      <Verdict
        tone="care"
        badge={say("problemBadge")}
        sentence={title}
        beside={{ text: beside, lang: otherLanguage(language) }}
        next={detail}
      >
        <p class="hint number">{say("requestId", { id: requestId })}</p>
      </Verdict>
      <Buttons>
        {signInAt === undefined ? (
          <LinkButton href="/" look="quiet">
            {say("goHome")}
          </LinkButton>
        ) : (
          <LinkButton href={signInAt}>{say("goSignIn")}</LinkButton>
        )}
      </Buttons>
    </Page>
  );
};
