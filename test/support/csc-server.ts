import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { CscService } from "../../signing/keys/csc-token.ts";

/** A remote signing service of ours that holds to CSC API v2 and refuses whatever does not. */
export type CscServer = {
  readonly service: CscService;
  /** Each request as `path` with its JSON, for what must not be sent. */
  readonly asked: { readonly path: string; readonly body: Record<string, unknown> }[];
  /** Changes how it behaves from now on. */
  readonly behave: (changes: Partial<Behaviour>) => void;
  readonly end: () => Promise<void>;
};

export type Behaviour = {
  readonly multisign: number;
  readonly mode: "explicit" | "oauth2code";
  readonly ecdsa: "der" | "raw";
  readonly activationSeconds: number;
  readonly disabled: boolean;
  /** What the person does on the service's own page. */
  readonly person: "agrees" | "refuses";
  /** Nothing is answered at all. */
  readonly silent: boolean;
  /** What a cheating service does to the signatures it gives. */
  readonly spoil: (index: number) => boolean;
};

export type HeldCredential = {
  readonly id: string;
  readonly keyFile: string;
  readonly certificate: Uint8Array;
  readonly pin: string;
};

type Activation = {
  readonly credentialID: string;
  readonly hashes: readonly string[];
  readonly until: number;
  used: boolean;
};
type Answer = readonly [status: number, body: object];
type Body = Record<string, unknown>;

const refuse = (error: string, status = 400): Answer => [status, { error, error_description: "see the specification" }];
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const sameList = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((one, i) => one === b[i]);

export async function cscServer(credentials: readonly HeldCredential[]): Promise<CscServer> {
  let behaviour: Behaviour = {
    multisign: 50,
    mode: "explicit",
    ecdsa: "der",
    activationSeconds: 60,
    disabled: false,
    person: "agrees",
    silent: false,
    spoil: () => false,
  };
  const asked: { path: string; body: Body }[] = [];
  const tokens = new Set<string>();
  const codes = new Map<string, { challenge: string; redirectUri: string; activation: Activation }>();
  const activations = new Map<string, Activation>();
  const secret = { clientId: "chungthuc", clientSecret: "bi-mat-hu-cau" };
  const find = (id: unknown) => credentials.find((one) => one.id === id) ?? null;
  const activate = (activation: Activation): string => {
    const name = randomBytes(16).toString("hex");
    activations.set(name, activation);
    return name;
  };
  const fresh = (credentialID: string, hashes: readonly string[]): Activation => ({
    credentialID,
    hashes,
    until: Date.now() + behaviour.activationSeconds * 1000,
    used: false,
  });

  const paths: Record<string, (body: Body) => Answer> = {
    "/credentials/list": () => [200, { credentialIDs: credentials.map(({ id }) => id) }],
    "/credentials/info": (body) => {
      const held = find(body["credentialID"]);
      if (held === null) return refuse("invalid_request");
      return [
        200,
        {
          key: { status: behaviour.disabled ? "disabled" : "enabled" },
          cert: { status: "valid", certificates: [Buffer.from(held.certificate).toString("base64")] },
          auth: { mode: behaviour.mode, expression: "PIN", objects: [{ type: "Password", id: "PIN" }] },
          multisign: behaviour.multisign,
          SCAL: "2",
        },
      ];
    },
    "/credentials/authorize": (body) => {
      const held = find(body["credentialID"]);
      const hashes = texts(body["hashes"]);
      if (held === null || hashes.length === 0 || body["numSignatures"] !== hashes.length)
        return refuse("invalid_request");
      if (hashes.length > behaviour.multisign) return refuse("invalid_request");
      const [data] = (body["authData"] as { id: string; value: string }[] | undefined) ?? [];
      if (data?.id !== "PIN" || data.value !== held.pin) return refuse("invalid_pin");
      return [200, { SAD: activate(fresh(held.id, hashes)), expiresIn: behaviour.activationSeconds }];
    },
    "/signatures/signHash": (body) => {
      const activation = activations.get(String(body["SAD"]));
      const held = find(body["credentialID"]);
      const hashes = texts(body["hashes"]);
      if (activation === undefined || held === null || activation.credentialID !== held.id)
        return refuse("invalid_request");
      if (activation.used || Date.now() > activation.until) return refuse("expired_sad");
      if (!sameList(activation.hashes, hashes)) return refuse("hash_not_authorized");
      activation.used = true;
      const signatures = hashes.map((hash, i) => signHash(held, hash, body, behaviour.ecdsa, behaviour.spoil(i)));
      return signatures.includes("") ? refuse("invalid_request") : [200, { signatures }];
    },
  };

  const token = (request: IncomingMessage, form: URLSearchParams): Answer => {
    const basic = `Basic ${Buffer.from(`${secret.clientId}:${secret.clientSecret}`).toString("base64")}`;
    if (request.headers.authorization !== basic) return refuse("invalid_client", 401);
    if (form.get("grant_type") === "client_credentials") {
      const access = randomBytes(16).toString("hex");
      tokens.add(access);
      return [200, { access_token: access, token_type: "Bearer", expires_in: 300 }];
    }
    const code = codes.get(form.get("code") ?? "");
    codes.delete(form.get("code") ?? "");
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (code === undefined || code.challenge !== challenge || code.redirectUri !== form.get("redirect_uri")) {
      return refuse("invalid_grant");
    }
    return [200, { access_token: activate(code.activation), token_type: "SAD", expires_in: 60 }];
  };

  /** The service's own page, RFC 6749 §4.1.1: it sends nobody anywhere for a request that it does not understand. */
  const authorize = (query: URLSearchParams, response: ServerResponse) => {
    const isWhole =
      query.get("response_type") === "code" &&
      query.get("client_id") === secret.clientId &&
      query.get("scope") === "credential" &&
      query.get("code_challenge_method") === "S256" &&
      find(query.get("credentialID")) !== null &&
      Number(query.get("numSignatures")) === (query.get("hashes") ?? "").split(",").length;
    if (!isWhole) return response.writeHead(400).end();
    if (behaviour.person === "refuses") {
      const back = `${query.get("redirect_uri")}?error=access_denied&state=${query.get("state")}`;
      return response.writeHead(302, { location: back }).end();
    }
    const code = randomBytes(16).toString("hex");
    const redirectUri = query.get("redirect_uri") ?? "";
    const hashes = (query.get("hashes") ?? "").split(",");
    const activation = fresh(query.get("credentialID") ?? "", hashes);
    codes.set(code, { challenge: query.get("code_challenge") ?? "", redirectUri, activation });
    return response.writeHead(302, { location: `${redirectUri}?code=${code}&state=${query.get("state")}` }).end();
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const path = url.pathname.replace(/^\/csc\/v2/, "");
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    if (behaviour.silent) return;
    if (path === "/oauth2/authorize") {
      authorize(url.searchParams, response);
      return;
    }
    const [status, answer] =
      path === "/oauth2/token" ? token(request, new URLSearchParams(text)) : answerJson(request, path, text);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  const answerJson = (request: IncomingMessage, path: string, text: string): Answer => {
    if (!tokens.has((request.headers.authorization ?? "").replace(/^Bearer /, ""))) return refuse("invalid_token", 401);
    const body = JSON.parse(text) as Body;
    asked.push({ path, body });
    return paths[path]?.(body) ?? refuse("not_found", 404);
  };
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    service: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/csc/v2`, ...secret },
    asked,
    behave: (changes) => {
      behaviour = { ...behaviour, ...changes };
    },
    end: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const hashNames: Record<string, string> = {
  "2.16.840.1.101.3.4.2.1": "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
};

/** Over a digest that came from outside, as an HSM does it: by openssl. Empty for what cannot be signed. */
function signHash(held: HeldCredential, hash: string, body: Body, form: "der" | "raw", spoil: boolean): string {
  const digest = Buffer.from(hash, "base64");
  const name = hashNames[String(body["hashAlgorithmOID"])];
  const algorithm = String(body["signAlgo"]);
  if (name === undefined) return "";
  const isPss = algorithm === "1.2.840.113549.1.1.10";
  if (isPss && typeof body["signAlgoParams"] !== "string") return "";
  const padding = isPss ? ["-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", "rsa_pss_saltlen:digest"] : [];
  const args = ["pkeyutl", "-sign", "-inkey", held.keyFile, "-pkeyopt", `digest:${name}`, ...padding];
  const value = execFileSync("openssl", args, { input: digest });
  const isEcdsa = algorithm.startsWith("1.2.840.10045.");
  const answer = isEcdsa && form === "raw" ? sideBySide(value) : value;
  if (spoil) answer[answer.length - 1] = (answer.at(-1) ?? 0) ^ 1;
  return answer.toString("base64");
}

/** r and s of P-256 out of their SEQUENCE. */
function sideBySide(der: Buffer): Buffer {
  const r = der.subarray(4, 4 + (der[3] ?? 0));
  const s = der.subarray(6 + r.length);
  const padded = (number: Buffer) => Buffer.concat([Buffer.alloc(32), number]).subarray(-32);
  return Buffer.concat([padded(r), padded(s)]);
}
