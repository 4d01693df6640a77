import { createPublicKey, randomBytes } from "node:crypto";
import type { Server } from "node:http";
import { type Bytes, type Instant, instantOfSeconds, ok, type Result } from "../core/kernel.ts";
import { isSystemError } from "../roof/durable-files.ts";
import { type AuthorityEndpoint, authorityServer } from "./authority-http.ts";
import { type AuthorityMessage, type AuthorityName, authorityNames } from "./authority-messages.ts";
import { subjectKeyIn } from "./certificate.ts";
import { readIndex } from "./issued-index.ts";
import { answerOcsp, type OcspResponder, ocspInternalError } from "./ocsp-answer.ts";
import { indexFile, type PkiFailure, readCertificate, readKey } from "./pki-files.ts";
import { readPorts } from "./ports.ts";
import { answerTimestamp } from "./timestamp-answer.ts";

// The roof of one authority's process: `node authority-process.js timestamp|ocsp <pki folder>`, over an IPC channel.

const world = {
  now: (): Instant => instantOfSeconds(Math.floor(Date.now() / 1000)),
  random: (bytes: number): Uint8Array => new Uint8Array(randomBytes(bytes)),
};

/** A predecessor whose parent was just killed may need a moment to let its port go. */
const patienceMilliseconds = 2_000;

function main(name: AuthorityName, folder: string): void {
  // Ctrl-C reaches the whole terminal group: the parent must be able to finish what it has under way, timestamps too.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
  process.on("disconnect", () => process.exit(0)); // the parent ended, however it did
  if (!process.connected) process.exit(0); // or did while we were loading
  const ready = prepare(name, folder);
  if (ready.ok) listen(ready.value.server, ready.value.port, Date.now() + patienceMilliseconds);
  else tell({ state: "pki_unreadable", file: ready.failure.file });
}

function prepare(name: AuthorityName, folder: string): Result<{ server: Server; port: number }, PkiFailure> {
  const ports = readPorts(folder);
  if (!ports.ok) return ports;
  const endpoint = endpoints[name](folder);
  if (!endpoint.ok) return endpoint;
  return ok({ server: authorityServer(endpoint.value), port: ports.value[name] });
}

function listen(server: Server, port: number, deadline: number): void {
  server.once("error", (thrown) => {
    server.removeAllListeners("listening"); // the one of the attempt that failed
    if (!isSystemError(thrown, "EADDRINUSE")) throw thrown;
    if (Date.now() > deadline) tell({ state: "port_taken" });
    else setTimeout(() => listen(server, port, deadline), 50);
  });
  server.listen(port, "127.0.0.1", () => {
    server.removeAllListeners("error");
    tell({ state: "listening" });
  });
}

const tell = (message: AuthorityMessage): void => void process.send?.(message);

const endpoints: Record<AuthorityName, (folder: string) => Result<AuthorityEndpoint, PkiFailure>> = {
  timestamp: timestampEndpoint,
  ocsp: ocspEndpoint,
};

function timestampEndpoint(folder: string): Result<AuthorityEndpoint, PkiFailure> {
  const certificate = readCertificate(folder, "timestamp");
  if (!certificate.ok) return certificate;
  const key = readKey(folder, "timestamp");
  if (!key.ok) return key;
  const authority = { certificate: certificate.value, key: key.value };
  return ok({
    path: "/timestamp",
    requestType: "application/timestamp-query",
    answerType: "application/timestamp-reply",
    allowsGet: false,
    answer: (request) => answerTimestamp(request, authority, world),
  });
}

function ocspEndpoint(folder: string): Result<AuthorityEndpoint, PkiFailure> {
  const responders: OcspResponder[] = [];
  for (const issuer of ["root", "issuing", "timestamp-ca"]) {
    const responder = readResponder(folder, issuer);
    if (!responder.ok) return responder;
    responders.push(responder.value);
  }
  return ok({
    path: "/ocsp",
    requestType: "application/ocsp-request",
    answerType: "application/ocsp-response",
    allowsGet: true,
    answer: (request) => answerFromIndex(request, responders, indexFile(folder)),
  });
}

function answerFromIndex(request: Bytes, responders: readonly OcspResponder[], file: string): Bytes {
  const entries = readIndex(file);
  return entries.ok ? answerOcsp(request, responders, entries.value, world.now()) : ocspInternalError();
}

function readResponder(folder: string, issuer: string): Result<OcspResponder, PkiFailure> {
  const issuerCertificate = readCertificate(folder, issuer);
  if (!issuerCertificate.ok) return issuerCertificate;
  const certificate = readCertificate(folder, `ocsp-${issuer}`);
  if (!certificate.ok) return certificate;
  const key = readKey(folder, "ocsp");
  if (!key.ok) return key;
  return ok({
    issuer,
    issuerCertificate: issuerCertificate.value,
    issuerPublicKey: subjectKeyIn(issuerCertificate.value),
    certificate: certificate.value,
    key: key.value,
    publicKey: createPublicKey(key.value),
  });
}

const [, , name, folder] = process.argv;
const known = authorityNames.find((one) => one === name);
if (known === undefined || folder === undefined || process.send === undefined) process.exit(2);
main(known, folder);
