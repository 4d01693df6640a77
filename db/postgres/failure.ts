/** What a person can do about a PostgreSQL of ours that does not start; the roof has the words. */
export type WayOut =
  | "set_database_url" // use any PostgreSQL 15 to 18 that is already there
  | "install_optional_packages" // the binaries were left out: npm install without --omit=optional
  | "run_as_ordinary_user"
  | "allow_user_namespaces"
  | "stop_the_other_service"
  | "choose_another_data_folder";

export type LaunchFailure =
  /** No PostgreSQL comes with npm for this machine, or its package was left out. */
  | { readonly code: "postgres_binaries_missing"; readonly package: string; readonly waysOut: readonly WayOut[] }
  /** A live process holds this data folder. */
  | { readonly code: "data_folder_in_use"; readonly pid: number; readonly waysOut: readonly WayOut[] }
  /** PostgreSQL refuses uid 0, and neither a user namespace nor `nobody` could be had. */
  | { readonly code: "root_cannot_run_postgres"; readonly waysOut: readonly WayOut[] }
  /** The cluster is there, the password that opens it is not. */
  | { readonly code: "postgres_password_missing"; readonly path: string; readonly waysOut: readonly WayOut[] }
  /** A server of an earlier run neither stops nor dies. */
  | { readonly code: "postgres_left_behind"; readonly pid: number; readonly waysOut: readonly WayOut[] }
  | { readonly code: "initdb_failed"; readonly detail: string; readonly waysOut: readonly WayOut[] }
  | { readonly code: "postgres_did_not_start"; readonly detail: string; readonly waysOut: readonly WayOut[] };
