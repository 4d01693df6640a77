import { keyRoute, type Route } from "../route.ts";

/** `GET /api/v1/key`: whose key it is, what it may do and how long; so that a program can warn before it ends. */
export const keyRoutes = (): readonly Route[] => [
  keyRoute({
    method: "GET",
    path: "/api/v1/key",
    demands: "key",
    handle: (c, { recipient, key }) => {
      c.header("cache-control", "no-store");
      return c.json({ id: key.id, recipient: recipient.name, scopes: key.scopes, expiresAt: key.expiresAt });
    },
  }),
];
