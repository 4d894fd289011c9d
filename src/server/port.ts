import { createServer } from 'node:net';
import { codeOf, messageOf, StartProblem } from './start-problem.ts';

/**
 * Refuses a port that cannot be had, before anything else is started.
 * @throws StartProblem with what to do
 */
export async function checkPort(host: string, port: number): Promise<void> {
  const error = await new Promise<unknown>((resolve) => {
    const probe = createServer().once('error', resolve);
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
  if (error !== undefined) throw portProblem(host, port, error);
}

export function portProblem(host: string, port: number, error: unknown): StartProblem {
  const another = `set PORT to another one, for example PORT=${port + 1 > 65_535 ? 4600 : port + 1}`;
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new StartProblem(`Port ${port} is in use on ${host}: stop the program that has it (perhaps another Greenlane), or ${another}.`);
    case 'EACCES':
      return new StartProblem(`Port ${port} needs rights that this user does not have: ${another} (1024 or above).`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartProblem(`HOST=${host} is not an address of this machine: use 127.0.0.1 for this machine alone or 0.0.0.0 for every network.`);
    default:
      return new StartProblem(`Cannot listen on ${host}:${port} (${messageOf(error)}): ${another}, or another HOST.`);
  }
}
