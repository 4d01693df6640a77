import type { Context } from "hono";
import { Card } from "../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../design/error-summary.tsx";
import { TextField } from "../design/field.tsx";
import { Button, Form } from "../design/form.tsx";
import { type Frame, publicFrame } from "../design/frame.ts";
import { Page } from "../design/page.tsx";
import { speaker } from "../design/speech.ts";
import { faultsInWords, readForm, type Typed } from "../forms/read-form.ts";
import { nextPage, signInAddress } from "../next-page.ts";
import { type Problem, statusOf, wordsOf } from "../problem.ts";
import { guardedPage, publicPage, type Route, type WebEnv } from "../route.ts";
import { SignIn, type SignInWorld, signInPerson, signOut } from "../sign-in.ts";
import { signInEn } from "../words/sign-in.en.ts";
import { signInVi } from "../words/sign-in.vi.ts";

const speechIn = speaker({ vi: signInVi, en: signInEn });

/** `/sign-in` asks, tells what did not fit, and sends on to the page that was wanted; `/sign-out` ends the session. */
export const signInPages = (world: SignInWorld): readonly Route[] => [
  publicPage({
    method: "GET",
    path: "/sign-in",
    handle: (c) => {
      tellOrigin(c);
      return c.html(<SignInPage frame={publicFrame(c)} next={nextPage(c.req.query("next"))} typed={{}} faults={[]} />);
    },
  }),
  publicPage({
    method: "POST",
    path: "/sign-in",
    bodyLimitBytes: 4096,
    signsIn: true,
    handle: (c) => answer(c, world),
  }),
  guardedPage({
    method: "POST",
    path: "/sign-out",
    demands: "session",
    page: "/",
    handle: async (c) => {
      await signOut(c, world);
      return c.redirect("/sign-in", 303);
    },
  }),
];

/**
 * This page's address holds no secret, and its form must prove where it comes from: under `no-referrer` browsers without
 * Fetch Metadata would send the origin `null`, as a foreign page in a sandboxed frame does. Fetch §3.2.
 */
const tellOrigin = (c: Context<WebEnv>): void => c.header("referrer-policy", "same-origin");

async function answer(c: Context<WebEnv>, world: SignInWorld): Promise<Response> {
  const form = await readForm(c, SignIn);
  const next = nextPage(c.req.query("next"));
  const { say } = speechIn(c.var.language);
  if (!form.ok) {
    const labels = { userName: say("userName"), password: say("password") };
    return again(c, next, form.typed, faultsInWords(form.faults, labels, c.var.language), 400);
  }
  const opened = await signInPerson(c, form.value, world);
  // a first password opens no role: all that can be done with it is to choose an own one
  if (opened.ok) return c.redirect(opened.value.actor.roles.length === 0 ? "/account" : next, 303);
  return again(c, next, form.typed, [faultOf(opened.failure, c)], statusOf[opened.failure.code]);
}

/** Of the pair, never of one alone: which of them was wrong is not told. */
function faultOf(failure: Problem, c: Context<WebEnv>): Fault {
  const { title, detail } = wordsOf(failure, c.var.language);
  return { field: failure.code === "throttled" ? null : "userName", says: `${title} ${detail}` };
}

function again(c: Context<WebEnv>, next: string, typed: Typed, faults: readonly Fault[], status: 400 | number) {
  tellOrigin(c);
  const page = (
    <SignInPage frame={{ ...publicFrame(c), address: signInAddress(next) }} next={next} typed={typed} faults={faults} />
  );
  return c.html(page, status as 400);
}

type SignInPageProps = {
  readonly frame: Frame;
  readonly next: string;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

const SignInPage = ({ frame, next, typed, faults }: SignInPageProps) => {
  const { say } = speechIn(frame.language);
  return (
    <Page frame={frame} title={say("title")} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <h1>{say("title")}</h1>
      <p>{say("lead")}</p>
      <Card>
        <Form frame={frame} action={signInAddress(next)}>
          <TextField
            name="userName"
            label={say("userName")}
            value={typed["userName"]}
            autocomplete="username"
            fault={faultAt(faults, "userName")}
            starts
          />
          <TextField
            name="password"
            label={say("password")}
            type="password"
            autocomplete="current-password"
            fault={faultAt(faults, "password")}
          />
          <Button>{say("button")}</Button>
        </Form>
      </Card>
      <p>
        {say("citizens")} <a href="/verify">{say("checkCopy")}</a>
      </p>
    </Page>
  );
};
