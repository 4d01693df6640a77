/** Facts of the paper that the counter declares and the official may confirm one by one beside the original. */
export const confirmableFields = ["kind", "title", "documentNumber", "holderName", "issuedBy", "issuedOn"] as const;

export type ConfirmableField = (typeof confirmableFields)[number];

/**
 * Where a value comes from, so that a receiving program knows what it fills in. `register`: the register's own;
 * `confirmed`: an official compared this very value with the original; `corrected`: by an entry beside the register's
 * line (REG-4); `declared`: typed at the counter, compared by nobody.
 */
export type FieldSource = "register" | "confirmed" | "corrected" | "declared";
