import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ts from "typescript";

/** One import, `export … from`, `import("…")` of a file. */
export type Arrow = {
  readonly from: string;
  /** A file of this project from its root, or a bare specifier such as `node:fs` or `hono/cookie`. */
  readonly to: string;
  /** Gone after compiling: it brings no code along. */
  readonly typeOnly: boolean;
  /** What is taken; `*` for everything. */
  readonly names: readonly string[];
};

/** What one source file says to the others. */
export type SourceFile = {
  readonly path: string;
  readonly lines: number;
  readonly arrows: readonly Arrow[];
  /** Exported names; those of types stand for `type` since nothing runs without them. */
  readonly exports: readonly { readonly name: string; readonly kind: "type" | "value"; readonly usesInFile: number }[];
};

const root = join(import.meta.dirname, "../..");

/** Every TypeScript file below these folders, as they are written: nothing is compiled or run. */
export function readSources(folders: readonly string[]): readonly SourceFile[] {
  const paths = folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /(?<!\.d)\.tsx?$/.test(entry.name) && !isPackage(entry.parentPath))
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/")),
    );
  return paths.map(readSource);
}

const isPackage = (folder: string) => folder.split(sep).includes("node_modules");

function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), "utf8");
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const arrows: Arrow[] = [];
  const visit = (node: ts.Node): void => {
    const arrow = arrowOf(path, node);
    if (arrow !== null) arrows.push(arrow);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  return { path, lines, arrows, exports: tree.statements.flatMap((statement) => exportsOf(statement, text)) };
}

function arrowOf(path: string, node: ts.Node): Arrow | null {
  if (ts.isImportDeclaration(node)) return arrowTo(path, node.moduleSpecifier, namesOfImport(node.importClause));
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    return arrowTo(path, node.moduleSpecifier, { typeOnly: node.isTypeOnly, names: ["*"] });
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return arrowTo(path, node.argument.literal, { typeOnly: true, names: ["*"] });
  }
  const isDynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const [argument] = isDynamic ? node.arguments : [];
  return argument === undefined ? null : arrowTo(path, argument, { typeOnly: false, names: ["*"] });
}

function arrowTo(from: string, target: ts.Node, taken: Pick<Arrow, "typeOnly" | "names">): Arrow | null {
  if (!ts.isStringLiteral(target)) return null;
  const isOurs = target.text.startsWith(".");
  return { from, to: isOurs ? join(dirname(from), target.text).split(sep).join("/") : target.text, ...taken };
}

function namesOfImport(clause: ts.ImportClause | undefined): Pick<Arrow, "typeOnly" | "names"> {
  if (clause === undefined) return { typeOnly: false, names: [] };
  const bindings = clause.namedBindings;
  const own = clause.name === undefined ? [] : ["default"];
  if (bindings === undefined || ts.isNamespaceImport(bindings)) {
    return { typeOnly: clause.isTypeOnly, names: bindings === undefined ? own : ["*"] };
  }
  const typeOnly = clause.isTypeOnly || (own.length === 0 && bindings.elements.every((element) => element.isTypeOnly));
  return { typeOnly, names: [...own, ...bindings.elements.map((it) => (it.propertyName ?? it.name).text)] };
}

function exportsOf(statement: ts.Statement, text: string): SourceFile["exports"] {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  if (!modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)) return [];
  if (modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword)) return [];
  const kind = ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement) ? "type" : "value";
  const named = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [statement];
  return named.flatMap((it) => {
    const name = "name" in it && it.name !== undefined ? (it.name as ts.Node).getText() : null;
    return name === null ? [] : [{ name, kind, usesInFile: text.split(new RegExp(`\\b${name}\\b`)).length - 2 }];
  });
}
