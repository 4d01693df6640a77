import type { Child } from "hono/jsx";
import { frameSpeech } from "../words/frame.ts";
import type { Frame } from "./frame.ts";

type FormProps = {
  readonly frame: Frame;
  readonly action: string;
  /** Sent as multipart/form-data; file fields come last, so that the guard reads the token before any file. */
  readonly files?: boolean;
  /** One press is one request: the script greys the button; without it, idempotency is the server's. */
  readonly once?: boolean;
  readonly children: Child;
};

/** A POST with the session's token first. `novalidate`: faults are told by us, in our words and both ways to see them. */
export const Form = ({ frame, action, files = false, once = false, children }: FormProps) => (
  <form
    method="post"
    action={action}
    enctype={files ? "multipart/form-data" : undefined}
    novalidate
    data-once={once ? "" : undefined}
    {...(files && uploadWords(frame))}
  >
    {frame.csrfToken !== null && <input type="hidden" name="csrf" value={frame.csrfToken} />}
    {children}
  </form>
);

/** What the script says while files are under way. */
function uploadWords({ language }: Frame) {
  const { say } = frameSpeech(language);
  return { "data-word-sending": say("sending"), "data-word-cut": say("sendingCut") };
}

type ButtonProps = {
  readonly children: Child;
  /** `quiet` beside a main one; `grave` for what cannot be taken back. */
  readonly look?: "main" | "quiet" | "grave";
  readonly name?: string;
  readonly value?: string;
  /** Sends the form elsewhere than its action. */
  readonly action?: string;
  /** The next key belongs here: the script puts the focus on it where it is in sight. One a page. */
  readonly starts?: boolean | undefined;
};

const lookClass = { main: "button", quiet: "button quiet", grave: "button grave" } as const;

export const Button = ({ children, look = "main", name, value, action, starts }: ButtonProps) => (
  <button
    type="submit"
    class={lookClass[look]}
    name={name}
    value={value}
    formaction={action}
    data-start={starts ? "" : undefined}
  >
    {children}
  </button>
);

/** Goes somewhere and changes nothing, in the shape of a button. */
export const LinkButton = ({
  href,
  children,
  look = "main",
  starts,
}: { href: string } & Pick<ButtonProps, "children" | "look" | "starts">) => (
  <a class={lookClass[look]} href={href} data-start={starts ? "" : undefined}>
    {children}
  </a>
);

export const Buttons = ({ children }: { children: Child }) => <div class="buttons">{children}</div>;
