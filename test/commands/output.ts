/** Runs a command and returns what it wrote to standard output, with its exit code. */
export async function outputOf(command: () => Promise<number>): Promise<{ code: number; output: string }> {
  const parts: string[] = [];
  const { write } = process.stdout;
  process.stdout.write = (part) => parts.push(String(part)) > 0;
  try {
    const code = await command();
    return { code, output: parts.join("") };
  } finally {
    process.stdout.write = write;
  }
}

export async function jsonOf(command: () => Promise<number>): Promise<{ code: number; json: unknown }> {
  const { code, output } = await outputOf(command);
  return { code, json: JSON.parse(output) };
}
