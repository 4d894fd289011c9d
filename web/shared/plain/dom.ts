/** Small, typed HTML: what the resident's pages are made of. Text is always text; nothing here reads markup from data. */
export type Child = Node | string | number | false | undefined | null | readonly Child[];
type Listener = (event: Event) => void;
export type Attributes = Readonly<Record<string, string | number | boolean | undefined | Listener>>;

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

export function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined || child === null || child === false) continue;
    if (Array.isArray(child)) append(parent, child);
    else parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** An icon of one stroke; it repeats the words beside it, so a screen reader is not told twice. */
export function icon(path: string, name = 'icon'): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', name);
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('d', path);
  svg.appendChild(line);
  return svg;
}

/** Markup that the server made (a QR code), read as an image and stripped of everything that could run. */
export function picture(markup: string, name: string): SVGElement | undefined {
  const root = new DOMParser().parseFromString(markup, 'image/svg+xml').documentElement;
  if (root.tagName !== 'svg' || root.querySelector('script, foreignObject')) return undefined;
  root.setAttribute('role', 'img');
  root.setAttribute('aria-label', name);
  return document.importNode(root, true) as unknown as SVGElement;
}
