import type { Child } from "hono/jsx";
import type { Pkcs11Failure } from "../../../signing/keys/pkcs11-failure.ts";
import type { TokenView } from "../../../signing/keys/pkcs11-session.ts";
import type { Result } from "../../core/kernel.ts";
import { withUnseenNamed } from "../../core/plain-text.ts";
import type { AskedItem, SigningRequest } from "./requests.ts";
import { agentWords, type BothWords, tokenWords } from "./words.ts";

export const agentSheet = `
body{max-width:44rem;margin:2rem auto;padding:0 1rem;font:1.125rem/1.6 system-ui,sans-serif;color:#14213d;background:#fff}
h1{font-size:1.5rem}.en{color:#44506b}h1 .en{font-weight:400}dt{font-weight:600}dd{margin:0 0 .75rem;overflow-wrap:anywhere}
li{margin-bottom:1rem}code{font-size:.875rem;overflow-wrap:anywhere}
input{font:inherit;padding:.5rem;border:2px solid #14213d;min-height:2.75rem}
button{font:inherit;padding:.5rem 1.25rem;min-height:2.75rem;border:2px solid #14213d;background:#14213d;color:#fff;margin:0 1rem .75rem 0}
button .en{color:inherit}button.quiet{background:#fff;color:#14213d}.fault{border-left:.375rem solid #b3261e;padding-left:1rem}
:focus-visible{outline:3px solid #b45309;outline-offset:2px}
`;

type SheetProps = { readonly title: BothWords; readonly renewSeconds?: number; readonly children: Child };

const Sheet = ({ title, renewSeconds, children }: SheetProps) => (
  <html lang="vi">
    <head>
      <meta charset="utf-8" />
      {renewSeconds !== undefined && <meta http-equiv="refresh" content={String(renewSeconds)} />}
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title[0]}</title>
      <link rel="stylesheet" href="/agent.css" />
    </head>
    <body>
      <main>
        <h1>
          <Both words={title} />
        </h1>
        {children}
      </main>
    </body>
  </html>
);

const Both = ({ words: [vi, en] }: { words: BothWords }) => (
  <>
    {vi}{" "}
    <span class="en" lang="en">
      / {en}
    </span>
  </>
);

const pinStates = { several: null, few: agentWords.pinFew, one: agentWords.pinOne, locked: agentWords.pinLocked };

type StandingProps = { readonly origin: string; readonly tokens: Result<readonly TokenView[], Pkcs11Failure> };

/** Self-test at the official's computer: what is wrong, and what to do about it. */
export const StandingPage = ({ origin, tokens }: StandingProps) => (
  <Sheet title={agentWords.title}>
    <dl>
      <dt>
        <Both words={agentWords.site} />
      </dt>
      <dd>{origin}</dd>
    </dl>
    {tokens.ok ? <Tokens tokens={tokens.value} /> : <Fault words={tokenWords[tokens.failure.code]} />}
  </Sheet>
);

const Tokens = ({ tokens }: { tokens: readonly TokenView[] }) => {
  if (tokens.length === 0) return <Fault words={agentWords.none} />;
  return (
    <>
      <p>
        <Both words={agentWords.found} />
      </p>
      <ul>
        {tokens.map(({ label, serial, pin }) => (
          <li>
            {label} ({serial}) {pinStates[pin] !== null && <Both words={pinStates[pin]} />}
          </li>
        ))}
      </ul>
      <p>
        <Both words={agentWords.ready} />
      </p>
    </>
  );
};

const Fault = ({ words }: { words: BothWords }) => (
  <p class="fault" role="alert">
    <Both words={words} />
  </p>
);

type ConfirmProps = {
  readonly origin: string;
  readonly request: SigningRequest;
  readonly failure: Pkcs11Failure | null;
};

/** What will be signed, then the PIN. */
export const ConfirmPage = ({ origin, request, failure }: ConfirmProps) => (
  <Sheet title={agentWords.confirmTitle}>
    {failure !== null && <Fault words={tokenWords[failure.code]} />}
    {failure?.code === "wrong_pin" && failure.triesLeft !== "several" && (
      <Fault words={failure.triesLeft === "one" ? agentWords.pinOne : agentWords.pinFew} />
    )}
    <dl>
      <dt>
        <Both words={agentWords.asks} />
      </dt>
      <dd>{origin}</dd>
      <dt>
        <Both words={agentWords.signer} />
      </dt>
      <dd>{request.signer}</dd>
      <dt>
        <Both words={agentWords.count} />
      </dt>
      <dd>{request.items.length}</dd>
    </dl>
    <ol>
      {papersOf(request.items).map((copies) => (
        <Paper copies={copies} />
      ))}
    </ol>
    <form method="post">
      <input type="hidden" name="token" value={request.formToken} />
      <p>
        <label for="pin">
          <Both words={agentWords.pin} />
        </label>
        <br />
        <input id="pin" name="pin" type="password" autocomplete="off" maxlength={64} aria-describedby="pin-hint" />
      </p>
      <p id="pin-hint">
        <Both words={agentWords.pinHint} />
      </p>
      <button type="submit" name="answer" value="sign">
        <Both words={agentWords.sign} />
      </button>
      <button type="submit" name="answer" value="refuse" class="quiet">
        <Both words={agentWords.refuse} />
      </button>
    </form>
  </Sheet>
);

/** Items of one title and number are copies of one paper. Any other stands alone, whatever id the site gave it: each is shown. */
function papersOf(items: readonly AskedItem[]): AskedItem[][] {
  const papers = new Map<AskedItem | string, AskedItem[]>();
  for (const item of items) {
    const name = item.copy === undefined ? item : JSON.stringify([item.title, item.number]);
    const known = papers.get(name);
    if (known === undefined) papers.set(name, [item]);
    else known.push(item);
  }
  return [...papers.values()].map((copies) => copies.sort((a, b) => (a.copy ?? 1) - (b.copy ?? 1)));
}

/** One line of the register: one digest, or how many copies, with the digest of each for who wants to compare. */
const Paper = ({ copies }: { copies: readonly AskedItem[] }) => {
  const [first] = copies;
  if (first === undefined) return null;
  return (
    <li>
      <strong>{withUnseenNamed(first.title)}</strong>
      <br />
      {first.number !== "" && (
        <>
          <Both words={agentWords.number} />: {withUnseenNamed(first.number)}
          <br />
        </>
      )}
      {first.copy === undefined ? (
        <>
          <Both words={agentWords.digest} />: <code>{first.digest}</code>
        </>
      ) : (
        <Copies copies={copies} />
      )}
    </li>
  );
};

const Copies = ({ copies }: { copies: readonly AskedItem[] }) => (
  <>
    <Both words={agentWords.copies} />: <strong>{copies.length}</strong>
    <details>
      <summary>
        <Both words={agentWords.digests} />
      </summary>
      <ul>
        {copies.map(({ copy, digest }) => (
          <li>
            <Both words={agentWords.copy} /> {copy}: <code>{digest}</code>
          </li>
        ))}
      </ul>
    </details>
  </>
);

const renewSeconds = 2;

/** How far a long list is; loads itself again while the token signs. */
export const ProgressPage = ({ request: { state, signed, items, failure } }: { request: SigningRequest }) => {
  if (state === "refused" || state === "signed") return <DonePage state={state} />;
  const isSigning = state === "signing";
  const title = isSigning ? agentWords.signing : agentWords.broken;
  return (
    <Sheet title={title} {...(isSigning && { renewSeconds })}>
      {failure !== null && <Fault words={tokenWords[failure.code]} />}
      <p role="status">
        <Both words={agentWords.signedSoFar} />: {signed}/{items.length}
      </p>
      <progress max={items.length} value={signed} aria-label={agentWords.signedSoFar[0]} />
      <p>
        <Both words={isSigning ? agentWords.leavePlugged : agentWords.brokenNext} />
      </p>
    </Sheet>
  );
};

export const DonePage = ({ state }: { state: "signed" | "refused" | "gone" }) => (
  <Sheet title={agentWords.title}>
    <p>
      <Both words={agentWords[state]} />
    </p>
  </Sheet>
);
