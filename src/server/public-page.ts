import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '../base/index.ts';
import { languageOf } from './problems.ts';
import { readSentences } from './words.ts';

/**
 * Pages for everybody: no sign-in, no script, no framework, nobody's data. They are text with a little shape, so that an old phone on a poor
 * line shows them, and a newspaper can quote them. Words are in `words/*\/public.md`; vocabularies come from `shared.md`.
 */
const WORDS: Readonly<Record<Language, ReadonlyMap<string, string>>> = { en: both('en'), 'zh-CN': both('zh-CN') };

function both(language: Language): ReadonlyMap<string, string> {
  return new Map([...readSentences(language, 'shared'), ...readSentences(language, 'public')]);
}

/** Markup that is known to be safe: made by `html`, which escapes every other value that is put into it. */
export class Html {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

type Value = string | number | Html | undefined | readonly Html[];

export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(strings.map((text, index) => text + (index < values.length ? shown(values[index]) : '')).join(''));
}

function shown(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.source;
  if (Array.isArray(value)) return value.map(({ source }: Html) => source).join('');
  return String(value).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

export type Say = (code: string, facts?: Readonly<Record<string, string | number>>) => string;

/** The sentence of a code in one language, its `{placeholders}` filled. */
export function sayIn(language: Language): Say {
  return (code, facts = {}) => (WORDS[language].get(code) ?? code).replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? '…'));
}

/** What the reader asked for in the address, else what their phone is set to; Chinese where it says nothing. */
export function pageLanguage(request: FastifyRequest): Language {
  const { lang } = request.query as { lang?: string };
  if (lang === 'en' || lang === 'zh-CN') return lang;
  return request.headers['accept-language'] === undefined ? 'zh-CN' : languageOf(request);
}

const STYLE = `:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:60rem;padding:1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin:1.5rem 0 .25rem}p{margin:.25rem 0}ul{margin:.25rem 0;padding-left:1.25rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #8886;vertical-align:top;font-variant-numeric:tabular-nums}
small{opacity:.8}section{border-top:2px solid #8888;margin-top:1rem}blockquote{margin:.5rem 0;padding-left:.75rem;border-left:3px solid #8888}`;

/** @param path of the page itself, for the link to the other language */
export function publicPage(language: Language, path: string, title: string, body: Html): string {
  const other = language === 'en' ? html`<a href="${path}?lang=zh-CN" lang="zh-CN">中文</a>` : html`<a href="${path}?lang=en" lang="en">English</a>`;
  return html`<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
<p>${other}</p>
<h1>${title}</h1>
${body}
</html>
`.source;
}

/** Whoever has this version already is sent nothing; everybody between us and them may keep it for so long. */
export function sendPublic(request: FastifyRequest, reply: FastifyReply, type: string, body: string, keepSeconds: number): FastifyReply {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  reply.header('etag', etag).header('vary', 'accept-language').header('cache-control', `public, max-age=${keepSeconds}`);
  if (request.headers['if-none-match'] === etag) return reply.status(304).send();
  return reply.type(`${type}; charset=utf-8`).send(body);
}
