// Only who scanned a signed code has a fragment: for everyone else nothing more is loaded.
if (location.hash.length > 1) void import(new URL("code.js", import.meta.url).href);
