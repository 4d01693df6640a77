import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/**
 * Every field that a form below this folder has or a handler reads, as TypeScript's own parser finds them: `name` of any
 * element in any order of its attributes, keys of zod's shapes, and what is asked for by `get("…")`.
 */
export function fieldNamesIn(folder: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((it) => /\.tsx?$/.test(it))) {
    const tree = ts.createSourceFile(file, readFileSync(join(folder, file), "utf8"), ts.ScriptTarget.ES2023, true);
    const visit = (node: ts.Node): void => {
      for (const name of namesAt(node)) names.add(name);
      ts.forEachChild(node, visit);
    };
    visit(tree);
  }
  return names;
}

function namesAt(node: ts.Node): readonly string[] {
  if (ts.isJsxAttribute(node)) return node.name.getText() === "name" ? textsOf(node.initializer) : [];
  if (ts.isVariableDeclaration(node) && isOfModule(node)) return keysOf(node.initializer);
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
  const called = node.expression.name.text;
  if (/^(strictObject|looseObject|object|extend|safeExtend)$/.test(called)) return keysOf(node.arguments[0]);
  return /^(get|getAll|has)$/.test(called) ? textsOf(node.arguments[0]) : [];
}

/** Shapes that several forms share stand by themselves, and are spread into each. */
const isOfModule = (node: ts.VariableDeclaration) =>
  ts.isSourceFile(node.parent.parent.parent) && node.getSourceFile().text.includes('from "zod"');

function keysOf(node: ts.Node | undefined): readonly string[] {
  if (node === undefined || !ts.isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap((one) =>
    ts.isSpreadAssignment(one) ? keysOf(one.expression) : one.name === undefined ? [] : [one.name.getText()],
  );
}

/** Of rows that are numbered, the first. */
function textsOf(node: ts.Node | undefined): readonly string[] {
  if (node === undefined) return [];
  if (ts.isJsxExpression(node)) return textsOf(node.expression);
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
  return ts.isTemplateExpression(node) && node.templateSpans.length === 1 ? [`${node.head.text}0`] : [];
}
