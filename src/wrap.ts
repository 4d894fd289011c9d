/**
 * Chinese characters stand two columns wide and may end a line anywhere; what closes a sentence stays with the one before it, as
 * a unit does with its number.
 */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;
const PIECES = /\d+ [a-z]+[,.;)]*|[\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff（“][，。；：、！？）”]*|[^\s\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff（“]+|\s+/g;

const widthOf = (text: string): number => [...text].reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0);

/**
 * Text in lines of at most so many columns, each broken between words. A word longer than a line keeps it to itself.
 * @param first before the first line, and `next` before every other: what hangs in the margin.
 */
export function wrapped(text: string, columns: number, first = '', next = ''): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const piece of text.match(PIECES) ?? []) {
    if (!isEmpty && piece.trim() !== '' && widthOf(line) + widthOf(piece) > columns) {
      lines.push(line.trimEnd());
      line = next;
      isEmpty = true;
    }
    if (isEmpty && piece.trim() === '') continue;
    line += piece;
    isEmpty = false;
  }
  return [...lines, line.trimEnd()];
}
