import type { Bytes, Instant } from "../../core/kernel.ts";
import { Card, SummaryList } from "../design/content.tsx";
import type { Frame } from "../design/frame.ts";
import { speaker } from "../design/speech.ts";
import { dayText } from "../design/time.ts";
import { Notice } from "../design/verdict.tsx";
import { keyStatementEn } from "../words/key-statement.en.ts";
import { keyStatementVi } from "../words/key-statement.vi.ts";
import { rootHelpEn } from "../words/root-help.en.ts";
import { type RootHelpWord, rootHelpVi } from "../words/root-help.vi.ts";
import { Page } from "./layout.tsx";
import type { Speech } from "./speech.ts";

const speechIn = speaker({ vi: { ...rootHelpVi, ...keyStatementVi }, en: { ...rootHelpEn, ...keyStatementEn } });

/** A certificate at the top of what signatures rest on, as its key list names it. */
export type ListedRoot = {
  readonly purposes: readonly ("official" | "agency_seal" | "timestamp" | "public")[];
  readonly name: string;
  readonly until: Instant | null;
  /** Of the DER, lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly sha1: string;
  readonly certificate: Bytes;
};

type RootHelpPageProps = {
  readonly speech: Speech;
  readonly frame: Frame;
  /** Null where the key list cannot be believed now. */
  readonly roots: readonly ListedRoot[] | null;
};

/** `/help/roots`: for an IT office that wants its programs to know the authorities behind certified copies. */
export const RootHelpPage = ({ speech, frame, roots }: RootHelpPageProps) => {
  const { say } = speechIn(speech.language);
  // A door without the service knows it by the names alone: DESIGN decision 10 puts the word into each.
  const isTrial = frame.development || roots?.some(({ name }) => name.includes("DEVELOPMENT"));
  return (
    <Page speech={speech} frame={frame} title={say("title")}>
      <h1>{say("title")}</h1>
      <p>{say("lead")}</p>
      {isTrial && (
        <Notice tone="bad" title={say("trialTitle")}>
          <p>{say("trial")}</p>
        </Notice>
      )}
      <Card title={say("rootsTitle")}>
        <p>{say("rootsLead")}</p>
        {roots === null && <p>{say("noRoots")}</p>}
        {roots?.map((root) => (
          <Root speech={speech} root={root} />
        ))}
      </Card>
      {guides.map(([title, steps, commands]) => (
        <Card title={say(title)}>
          <p>{say(steps)}</p>
          {commands.map((command) => (
            <p class="address">{command}</p>
          ))}
        </Card>
      ))}
      <Card title={say("afterTitle")}>
        <p>{say("after")}</p>
        <p>
          <a href={`/help/viewers?lang=${speech.language}`}>{say("viewers")}</a>
        </p>
      </Card>
    </Page>
  );
};

const guides: readonly (readonly [RootHelpWord, RootHelpWord, readonly string[]])[] = [
  ["windowsTitle", "windows", ["certutil -f -addstore Root goc.crt", "certutil -store Root <SHA-1>"]],
  ["groupTitle", "group", []],
  ["adobeTitle", "adobe", []],
  ["macTitle", "mac", ["sudo security add-trusted-cert -d -k /Library/Keychains/System.keychain goc.crt"]],
  [
    "nssTitle",
    "nss",
    ["certutil -d sql:$HOME/.pki/nssdb -A -n goc -t ,C, -i goc.crt", "pdfsig -nssdir sql:$HOME/.pki/nssdb ban-sao.pdf"],
  ],
];

const Root = ({ speech: { language }, root }: { speech: Speech; root: ListedRoot }) => {
  const { say } = speechIn(language);
  return (
    <section>
      <h3>{root.name}</h3>
      <SummaryList
        rows={[
          [say("purpose"), root.purposes.map((purpose) => say(purpose)).join("; ")],
          [say("until"), root.until === null ? "?" : dayText(root.until.slice(0, 10) as Parameters<typeof dayText>[0])],
          ["SHA-256", <span class="address">{inPairs(root.sha256)}</span>],
          [say("sha1"), <span class="address">{inPairs(root.sha1)}</span>],
        ]}
      />
      <p>
        <a href={`/help/roots/${root.sha256}.crt`} download>
          {say("download")}
        </a>
      </p>
    </section>
  );
};

/** As certificate windows show it. */
const inPairs = (hex: string): string => (hex.toUpperCase().match(/../g) ?? []).join(":");
