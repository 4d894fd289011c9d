import type { FastifyReply, FastifyRequest } from 'fastify';

/** With TLS the `__Host-` prefix: no neighbouring name of the same domain can plant or overwrite it. */
const nameOf = (secure: boolean): string => (secure ? '__Host-greenlane' : 'greenlane');

export function readCookie(request: FastifyRequest, secure: boolean): string | undefined {
  const wanted = `${nameOf(secure)}=`;
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const pair = part.trim();
    if (pair.startsWith(wanted)) return pair.slice(wanted.length);
  }
  return undefined;
}

/** Strict: no other site can make this browser act as the person who is signed in. */
export function writeCookie(reply: FastifyReply, token: string, hours: number, secure: boolean): void {
  const ends = token === '' ? 0 : hours * 3_600;
  reply.header('set-cookie', `${nameOf(secure)}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${ends}${secure ? '; Secure' : ''}`);
}
