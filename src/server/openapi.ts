import type { FastifyInstance } from 'fastify';
import { whyWithoutKey } from './journeys/request-key.ts';

const PROBLEM = {
  type: 'object', required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', description: '/problems/<code>' }, title: { type: 'string' }, status: { type: 'integer' },
    code: { type: 'string', description: 'Stable: programs decide by it.' },
    detail: { type: 'string', description: 'What is wrong and what to do, in the language asked for (zh-CN or en).' },
    errors: {
      type: 'array', description: 'Every wrong field at once.',
      items: { type: 'object', required: ['field', 'code', 'detail'], properties: { field: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' }, line: { type: 'integer' }, column: { type: 'integer' } } },
    },
  },
};

const KEY = {
  name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', pattern: '^[\\x21-\\x7e]{8,100}$' },
  description: 'Chosen by whoever asks and kept through every retry: the same key is done once and answered the same.',
};

interface Operation {
  description?: string;
  parameters?: object[];
  responses?: Record<string, object>;
}

/** The interface as it is served: what holds for every address is said at every address, from one place. */
export function describeInterface(app: FastifyInstance): object {
  const document = app.swagger() as unknown as { paths: Record<string, Record<string, Operation>>; components?: { schemas?: object } };
  const paths = Object.fromEntries(Object.entries(document.paths).map(([address, methods]) => [
    address,
    Object.fromEntries(Object.entries(methods).map(([method, operation]) => [method, complete(address, method, operation)])),
  ]));
  return { ...document, components: { ...document.components, schemas: { ...document.components?.schemas, Problem: PROBLEM } }, paths };
}

function complete(address: string, method: string, operation: Operation): Operation {
  const description = method === 'post' ? whyWithoutKey(address) : undefined;
  return {
    ...operation,
    ...(description && { description }),
    ...(method === 'post' && !description && { parameters: [...(operation.parameters ?? []), KEY] }),
    responses: {
      ...operation.responses,
      default: { description: 'A problem (RFC 9457)', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  };
}
