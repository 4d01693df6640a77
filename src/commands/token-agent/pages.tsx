import type { Child } from "hono/jsx";
import type { Pkcs11Failure } from "../../../signing/keys/pkcs11-failure.ts";
import type { TokenView } from "../../../signing/keys/pkcs11-session.ts";
import type { Result } from "../../core/kernel.ts";
import type { SigningRequest } from "./requests.ts";
import { agentWords, type BothWords, tokenWords } from "./words.ts";

export const agentSheet = `
body{max-width:44rem;margin:2rem auto;padding:0 1rem;font:1.125rem/1.6 system-ui,sans-serif;color:#14213d;background:#fff}
h1{font-size:1.5rem}.en{color:#44506b}h1 .en{font-weight:400}dt{font-weight:600}dd{margin:0 0 .75rem;overflow-wrap:anywhere}
li{margin-bottom:1rem}code{font-size:.875rem;overflow-wrap:anywhere}
input{font:inherit;padding:.5rem;border:2px solid #14213d;min-height:2.75rem}
button{font:inherit;padding:.5rem 1.25rem;min-height:2.75rem;border:2px solid #14213d;background:#14213d;color:#fff;margin-right:1rem}
button .en{color:inherit}button.quiet{background:#fff;color:#14213d}.fault{border-left:.375rem solid #b3261e;padding-left:1rem}
:focus-visible{outline:3px solid #b45309;outline-offset:2px}
`;

const Sheet = ({ title, children }: { title: BothWords; children: Child }) => (
  <html lang="vi">
    <head>
      <meta charset="utf-8" />
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
    </dl>
    <ol>
      {request.items.map(({ title, number, digest }) => (
        <li>
          <strong>{title}</strong>
          <br />
          {number !== "" && (
            <>
              <Both words={agentWords.number} />: {number}
              <br />
            </>
          )}
          <Both words={agentWords.digest} />: <code>{digest}</code>
        </li>
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

export const DonePage = ({ state }: { state: "signed" | "refused" | "gone" }) => (
  <Sheet title={agentWords.title}>
    <p>
      <Both words={agentWords[state]} />
    </p>
  </Sheet>
);
