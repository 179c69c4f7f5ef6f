import fs from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../platform/errors/app-error.ts';
import type { HttpApp } from '../platform/http/app.ts';

export const DIST = path.resolve(import.meta.dirname, '../../dist');

const YEAR_SECONDS = 31_536_000;

/**
 * Serves the built assets: hashed names for a year, pages never kept. The console answers every path below `/can-bo/`
 * with its one page; its router does the rest.
 */
export async function registerStatic(app: HttpApp): Promise<void> {
  const hashed = { immutable: true, maxAge: YEAR_SECONDS * 1000, index: false as const };
  await app.fastify.register(fastifyStatic, {
    root: path.join(DIST, 'portal/assets'),
    prefix: '/tai-nguyen/',
    ...hashed,
  });
  await app.fastify.register(fastifyStatic, {
    root: path.join(DIST, 'console/assets'),
    prefix: '/can-bo/assets/',
    decorateReply: false,
    ...hashed,
  });
  const page = path.join(DIST, 'console/index.html');
  const send = async (_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (!fs.existsSync(page)) throw new AppError('service/unavailable');
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(fs.createReadStream(page));
  };
  app.page({ method: 'GET', path: '/can-bo', access: 'public' }, async ({ reply }) => reply.redirect('/can-bo/', 308));
  app.page({ method: 'GET', path: '/can-bo/*', access: 'public' }, ({ request, reply }) => send(request, reply));
}
