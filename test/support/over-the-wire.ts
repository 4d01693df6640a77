import { get } from "node:http";

/** Ten segments before the first acknowledgement, with their heads. RFC 6928. */
export const firstFlightBytes = 14_000;

type Answer = { head: Record<string, unknown>; body: Buffer; wireBytes: number };

/** Exactly what came over the line for a page, and how long it was with its head. */
export function askedOverTheWire(address: string, accepts?: string): Promise<Answer> {
  const headers = accepts === undefined ? {} : { "accept-encoding": accepts };
  return new Promise<Answer>((resolve, reject) => {
    const sent = get(address, { headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      const wireBytes = () => answer.socket.bytesRead;
      answer.on("end", () => resolve({ head: answer.headers, body: Buffer.concat(parts), wireBytes: wireBytes() }));
    });
    sent.on("error", reject);
  });
}
