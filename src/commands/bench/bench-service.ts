import { createLog } from "../../roof/log.ts";
import { type Service, startService } from "../../service.ts";
import type { House } from "../../wiring/house.ts";
import { passOn } from "../../wiring/waypoints.ts";
import { fillStore } from "./filled-store.ts";
import { hurry, hurryNoMore } from "./filling/bulk.ts";
import type { Filling } from "./filling/facts.ts";

/** As in production: every request writes its line, to nowhere. */
const log = createLog({
  now: () => new Date().toISOString(),
  write: () => undefined,
  lowest: "info",
  showMessages: false,
});
const place = { databaseUrl: null, host: "127.0.0.1", port: 0, publicPort: 8080, trustedProxies: 0 } as const;

/**
 * A development service over a store in that folder, filled as `filling` says; it throws where it does not start. Whoever
 * fills works as the owner of the tables, and what is measured by the service's own role.
 *
 * @param fillMore after that, as the owner too
 */
export async function startFilled(
  dataFolder: string,
  filling: Filling,
  fillMore: (house: House) => Promise<void> = async () => undefined,
): Promise<Service> {
  await visit(dataFolder, ({ house }) => hurry(house.sql));
  await visit(dataFolder, async ({ house }) => {
    await fillStore(house, dataFolder, filling);
    await fillMore(house);
    await hurryNoMore(house.sql);
  });
  return start(dataFolder);
}

async function visit(dataFolder: string, act: (service: Service) => Promise<void>): Promise<void> {
  const service = await start(dataFolder, { worksAsOwner: true });
  try {
    await act(service);
  } finally {
    await service.stop();
  }
}

async function start(dataFolder: string, as: { readonly worksAsOwner?: true } = {}): Promise<Service> {
  const service = await startService({ ...place, ...as, mode: "development", dataFolder }, log, passOn);
  if (!service.ok) throw new Error(`the bench's service did not start: ${service.failure.code}`);
  return service.value;
}
