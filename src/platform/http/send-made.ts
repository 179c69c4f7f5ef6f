import type { FastifyReply } from 'fastify';

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** What files the server makes itself. */
export type MadeEnding = keyof typeof TYPES;

/**
 * Answers with a file made for this request (not one somebody put in: that is `sendFile` of `files`).
 * @param name plain ASCII; its ending says the type.
 * @param how.shown shown in the browser where it can be, else kept as a file. @param how.open anybody may read it: then a
 * cache may keep it, else no one keeps it but the reader.
 * @example sendMade(reply, 'xin-loi.csv', 'Tháng;Số\r\n', { open: true })
 */
export function sendMade(
  reply: FastifyReply,
  name: `${string}.${MadeEnding}`,
  made: string | Uint8Array,
  how: { readonly shown?: boolean; readonly open?: boolean } = {},
): FastifyReply {
  const ending = name.slice(name.lastIndexOf('.') + 1) as MadeEnding;
  if (!how.open) reply.header('cache-control', 'private, no-store');
  return (
    reply
      .type(TYPES[ending])
      .header('content-disposition', `${how.shown ? 'inline' : 'attachment'}; filename="${name}"`)
      // Fastify sends texts and buffers.
      .send(typeof made === 'string' ? made : Buffer.from(made.buffer, made.byteOffset, made.byteLength))
  );
}
