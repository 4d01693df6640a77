import type { SignInWord } from "./sign-in.vi.ts";

export const signInEn: Readonly<Record<SignInWord, string>> = {
  title: "Sign in",
  lead: "For officials who receive, compare, sign, seal and administer. Citizens need no account.",
  userName: "User name",
  password: "Password",
  button: "Sign in",
  citizens: "Are you receiving or checking a copy?",
  checkCopy: "Check a certified copy",
};
