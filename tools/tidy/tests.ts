import type { Complaint } from './complaint.ts';
import { isNode, type Node, type Source } from './source.ts';

/** Tests that do not run, and two tests of one name, of which a report cannot say which failed. */
export function checkTests({ path, program, isTest, lineAt }: Source): Complaint[] {
  if (!isTest) return [];
  const complaints: Complaint[] = [];

  const visit = (node: Node, titles: Map<string, number>): void => {
    let within = titles;
    const call = testCall(node);
    if (call) {
      const line = lineAt(node.start);
      const unrun = call.modifiers.find((modifier) => ['only', 'skip', 'todo'].includes(modifier));
      if (unrun) {
        complaints.push({
          file: path, line, found: `.${unrun}( leaves tests out.`,
          why: 'Everything is green and nothing is proven.',
          todo: unrun === 'only' ? 'Remove it.' : 'Make the test pass, or delete it and say in the README what is missing; skipIf(…) for what a machine lacks.',
        });
      }
      if (call.title !== undefined) {
        const first = titles.get(call.title);
        if (first !== undefined) {
          complaints.push({
            file: path, line, found: `has the title of line ${first}: "${call.title}".`,
            why: 'When one of the two fails, the report does not say which.',
            todo: 'Name what is different about it.',
          });
        } else titles.set(call.title, line);
      }
      if (call.opens) within = new Map();
    }
    for (const [name, held] of Object.entries(node)) {
      // `it.only.each(…)` inside `it.only.each(…)('…')` is the same test, not another one.
      if (call && name === 'callee') continue;
      for (const child of Array.isArray(held) ? held : [held]) if (isNode(child)) visit(child, within);
    }
  };
  visit(program, new Map());
  return complaints;
}

interface TestCall {
  readonly title: string | undefined;
  readonly modifiers: readonly string[];
  /** `describe` opens a scope of titles of its own. */
  readonly opens: boolean;
}

/** `it('…')`, `describe.skip('…')`, `it.each([…])('…')`, `test.prop(…)('…')`. */
function testCall(node: Node): TestCall | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const modifiers: string[] = [];
  let callee = node['callee'] as Node;
  while (callee.type !== 'Identifier') {
    if (callee.type === 'CallExpression') callee = callee['callee'] as Node;
    else if (callee.type === 'MemberExpression') {
      modifiers.push(String((callee['property'] as Node)['name']));
      callee = callee['object'] as Node;
    } else return undefined;
  }
  if (!['describe', 'it', 'test'].includes(callee['name'] as string)) return undefined;
  const first = (node['arguments'] as readonly Node[])[0];
  const title = first?.type === 'Literal' && typeof first['value'] === 'string' ? first['value'] : undefined;
  return { title, modifiers, opens: callee['name'] === 'describe' };
}
