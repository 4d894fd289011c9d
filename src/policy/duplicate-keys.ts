const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g;

/**
 * Keys that stand twice in one object of a JSON text, once each. `JSON.parse` keeps the last of them in silence: of two
 * ages one is somebody else's.
 * @param json that `JSON.parse` has read.
 */
export function duplicateKeys(json: string): readonly string[] {
  const open: (Set<string> | undefined)[] = [];
  const twice = new Set<string>();
  let text: string | undefined;
  for (const [token] of json.matchAll(TOKEN)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token !== ':') text = token;
    else {
      // Written with and without an escape it is the same key.
      const key = JSON.parse(text!) as string;
      const keys = open.at(-1)!;
      if (keys.has(key)) twice.add(key);
      keys.add(key);
    }
  }
  return [...twice];
}
