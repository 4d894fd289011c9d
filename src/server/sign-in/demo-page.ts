import { SCREENS } from './demo-links.ts';
import type { DemoPerson } from './demo-people.ts';

/**
 * Opening a link must not sign anybody in, or any page on the internet could do it with a picture. So the link shows a form;
 * the script sends it at once, and without scripts there is the button.
 */
export function demoPage({ id, name, role }: DemoPerson): string {
  const shown = escape(name);
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>演练登录 · Demo sign-in</title>
<main>
<h1>演练登录 · Demo sign-in</h1>
<p>${shown}</p>
<form id="enter" method="post" action="/demo/${role}">
<input type="hidden" name="id" value="${escape(id)}">
<button>进入 · Enter ${SCREENS[role]}</button>
</form>
</main>
<script src="/demo/enter.js"></script>
</html>
`;
}

/** A file of its own: the content security policy allows no script inside a page. */
export const ENTER_SCRIPT = `document.getElementById('enter').submit();\n`;

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
