import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { frameSpeech } from "../words/frame.ts";
import { Form } from "./form.tsx";
import type { Frame } from "./frame.ts";
import { SealMark } from "./icons.tsx";
import { markAddress, openScript, publicStyle } from "./inline.ts";
import { wayOf, ways } from "./navigation.ts";
import { appSheet, workSheet } from "./sheets.ts";
import { otherLanguage } from "./speech.ts";

type PageProps = {
  readonly frame: Frame;
  /** What the tab says, before the service's name; the same words as the page's h1. */
  readonly title: string;
  /** Room for tables and pictures side by side; else one column that is easy to read. */
  readonly wide?: boolean;
  /** Who speaks, where it is not the service as a whole. */
  readonly site?: { readonly name: string; readonly href: string };
  readonly foot?: Child;
  /** Helpers of ours, by name; the page must be whole without them. */
  readonly scripts?: readonly string[];
  /** Where a signed code may have led here: a line of script loads its reader, only for a fragment. */
  readonly readsCode?: boolean;
  /** A fault in the form: the tab says so first, for whoever hears the title. */
  readonly faulty?: boolean;
  /** Loaded again after so many seconds where there are no scripts, which renew what changes by themselves. */
  readonly renewSeconds?: number;
  readonly children: Child;
};

/** Without its first line browsers fall back to rules of the last century. */
const Document = ({ frame, children }: Pick<PageProps, "frame" | "children">) => (
  <>
    {raw("<!doctype html>")}
    <html lang={frame.language}>{children}</html>
  </>
);

/** The frame of every page. A signed-in person's pages carry the ways through the house and the way out. */
export const Page = (props: PageProps) => {
  const { frame, wide = false, foot, children } = props;
  const { say } = frameSpeech(frame.language);
  return (
    <Document frame={frame}>
      <Head {...props} />
      <body class={bodyClass(frame, wide)}>
        <a class="skip" href="#main">
          {say("skip")}
        </a>
        <header>
          <Top {...props} />
          {frame.development && (
            <div class="trial">
              <p>{say("trial")}</p>
            </div>
          )}
        </header>
        {frame.person && <Ways frame={frame} />}
        <main id="main">{children}</main>
        <footer class="foot">
          <div>{foot ?? say("foot")}</div>
        </footer>
      </body>
    </Document>
  );
};

/** Without top and foot, for what fills the screen; the language switch stays. */
export const BarePage = (props: Pick<PageProps, "frame" | "title" | "children">) => (
  <Document frame={props.frame}>
    <Head {...props} />
    <body class="bare">
      <main id="main">
        {props.children}
        <p>
          <LanguageSwitch frame={props.frame} />
        </p>
      </main>
    </body>
  </Document>
);

/** Signed-in people's pages begin at one edge, narrow or wide, so that nothing jumps from page to page. */
const bodyClass = ({ person }: Frame, wide: boolean): string | undefined =>
  [person && "work", wide && "wide"].filter(Boolean).join(" ") || undefined;

const Head = ({ frame, title, site, scripts = [], readsCode, faulty = false, renewSeconds }: PageProps) => {
  const { say } = frameSpeech(frame.language);
  const said = `${faulty ? `${say("faultyTitle")} ` : ""}${title} – ${site?.name ?? say("service")}`;
  const addresses = scripts.flatMap((name) => frame.scripts[name] ?? []);
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <meta name="color-scheme" content="light" />
      <title>{said}</title>
      <link rel="icon" href={frame.person ? "/assets/mark.svg" : markAddress} type="image/svg+xml" />
      {frame.here && <link rel="manifest" href="/verify/here/app.webmanifest" />}
      {frame.person === null && <style>{raw(publicStyle)}</style>}
      {frame.person && [appSheet, workSheet].map(({ address }) => <link rel="stylesheet" href={address} />)}
      {renewSeconds !== undefined && (
        <noscript>
          <meta http-equiv="refresh" content={String(renewSeconds)} />
        </noscript>
      )}
      {addresses.map((address) => (
        <script type="module" src={address}></script>
      ))}
      {readsCode && <script type="module">{raw(openScript)}</script>}
    </head>
  );
};

const Top = ({ frame, site }: PageProps) => {
  const { say } = frameSpeech(frame.language);
  const name = site?.name ?? say("service");
  return (
    <div class="top">
      <div>
        <a class="home" href={site?.href ?? "/"}>
          <SealMark />
          <span>
            <b>{frame.person?.agencyName ?? name}</b>
            {frame.person && <span>{name}</span>}
          </span>
        </a>
        <div class="who">
          {frame.person && <a href="/account">{frame.person.fullName}</a>}
          {frame.person && (
            <Form frame={frame} action="/sign-out">
              <button type="submit">{say("signOut")}</button>
            </Form>
          )}
          <LanguageSwitch frame={frame} />
        </div>
      </div>
    </div>
  );
};

/** The other language's name, in that language: it is read by people who do not read this one. */
const LanguageSwitch = ({ frame }: { frame: Frame }) => {
  const other = otherLanguage(frame.language);
  const joint = frame.address.includes("?") ? "&" : "?";
  return (
    <a href={`${frame.address}${joint}lang=${other}`} hreflang={other} lang={other}>
      {frameSpeech(frame.language).say("otherLanguage")}
    </a>
  );
};

const Ways = ({ frame }: { frame: Frame }) => {
  const { say } = frameSpeech(frame.language);
  const here = wayOf(frame.address);
  const open = ways.filter(({ roles }) => roles.some((role) => frame.person?.roles.includes(role)));
  return (
    <nav class="ways" aria-label={say("ways")}>
      <ul>
        {open.map(({ href, word }) => (
          <li>
            <a href={href} aria-current={href === here ? "page" : undefined}>
              {say(word)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
};
