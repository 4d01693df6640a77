import { claim, finish } from "../../db/jobs.ts";
import type { BookId, CertificateId } from "../../src/core/ids.ts";
import { fail, ok } from "../../src/core/kernel.ts";
import type { PaperLineId } from "../../src/core/paper-line.ts";
import { publishCertificate } from "../../src/usecases/publish-certificate.ts";
import {
  publishAnnulment,
  publishBook,
  publishingWorld,
  publishPaper,
  publishVoid,
} from "../../src/wiring/publishing.ts";
import type { Act } from "./act.ts";

const published = ["publish_certificate", "publish_void", "publish_annulment", "publish_book", "publish_paper"];
const leaseSeconds = 2; // of a worker that dies soon

/** What waits in the queue for the log, one thing of it. */
export const publish: Act = async ({ town: { house, sql } }) => {
  const job = await claim(sql, published, leaseSeconds);
  if (job === null) return fail({ code: "nothing_there" });
  const id = job.subject as CertificateId;
  if (job.kind === "publish_certificate") await publishCertificate(id, publishingWorld(house));
  if (job.kind === "publish_paper") await publishPaper(house, job.subject as PaperLineId);
  if (job.kind === "publish_void") await publishVoid(house, id);
  if (job.kind === "publish_annulment") await publishAnnulment(house, id);
  if (job.kind === "publish_book") await publishBook(house, job.subject as BookId);
  await finish(sql, job);
  return ok(null);
};
