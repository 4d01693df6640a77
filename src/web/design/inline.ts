import { markFile } from "./icons.tsx";
import { appSheet } from "./sheets.ts";

// What public pages carry in themselves, so that one answer is a whole page (ADR 0081). The policy knows each by its digest.

/** Every page's of a visitor who is not signed in. */
export const publicStyle = appSheet.content;

/** Only who scanned a signed code has a fragment, which no server sees: for everyone else nothing more is loaded. */
export const openScript = 'if(location.hash.length>1)import("/verify/code.js")';

/** The browser's tab. */
export const markAddress = `data:image/svg+xml;base64,${btoa(markFile)}`;
