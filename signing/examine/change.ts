/**
 * What a later revision did. `evidence`: only proves the signature longer. `signature`: a further one, or room for it.
 * `upkeep`: dates, versions, flags that writing these needs. `form` and `annotation` are permitted where nothing forbids
 * them; `forbidden` never.
 */
export type ChangeClass = "evidence" | "signature" | "upkeep" | "form" | "annotation" | "forbidden";

export type ChangeKind =
  | "evidence_added"
  | "evidence_removed"
  | "document_timestamp_added"
  | "signature_added"
  | "signature_field_added"
  | "signature_changed"
  | "signature_removed"
  | "form_filled"
  | "form_field_added"
  | "form_field_removed"
  | "form_field_changed"
  | "locked_field_changed"
  | "form_changed"
  | "page_added"
  | "page_removed"
  | "page_content_changed"
  | "page_resources_changed"
  | "page_changed"
  | "annotation_added"
  | "annotation_removed"
  | "annotation_changed"
  | "metadata_changed"
  | "extensions_changed"
  | "structure_changed"
  | "outlines_changed"
  | "catalog_changed"
  | "unexplained_bytes"
  | "update_ambiguous"
  | "object_rewritten"
  | "revision_chain_broken"
  | "other";

/** @property at page number from 1, field name, catalog key or file offset, as the kind asks; null where there is none */
export type Change = { readonly kind: ChangeKind; readonly class: ChangeClass; readonly at: string | number | null };

export const change = (kind: ChangeKind, ofClass: ChangeClass, at: string | number | null = null): Change => ({
  kind,
  class: ofClass,
  at,
});
