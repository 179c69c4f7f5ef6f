import http from 'node:http';

type Got = { readonly bytes: number; readonly body: string; readonly type: string };

/** Bytes of one answer as they go over the wire (compressed, without headers); the text where it is text. */
function get(url: URL): Promise<Got> {
  return new Promise((resolve, reject) => {
    http
      .get(url, { headers: { 'accept-encoding': 'br, gzip', accept: 'text/html,*/*' } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', async () => {
          const raw = Buffer.concat(chunks);
          const zlib = await import('node:zlib');
          const encoding = response.headers['content-encoding'];
          const plain =
            encoding === 'br' ? zlib.brotliDecompressSync(raw) : encoding === 'gzip' ? zlib.gunzipSync(raw) : raw;
          const type = String(response.headers['content-type'] ?? '');
          resolve({
            bytes: raw.length,
            body: /text|javascript|json|xml/.test(type) ? plain.toString('utf8') : '',
            type,
          });
        });
        response.on('error', reject);
      })
      .on('error', reject);
  });
}

export type PageWeight = {
  readonly bytes: number;
  readonly parts: readonly { readonly path: string; readonly bytes: number }[];
  readonly foreign: readonly string[];
};

/** Everything the first portal page loads: the page, style sheets, scripts, images, and what style sheets load. */
export async function weighPage(port: number): Promise<PageWeight> {
  const base = new URL(`http://127.0.0.1:${port}/`);
  const wanted = ['/'];
  const parts: { path: string; bytes: number }[] = [];
  const foreign: string[] = [];
  const seen = new Set(wanted);
  const add = (reference: string, from: URL): void => {
    if (reference.startsWith('data:') || reference === '') return;
    const url = new URL(reference, from);
    if (url.host !== base.host) foreign.push(url.href);
    else if (!seen.has(url.pathname + url.search)) {
      seen.add(url.pathname + url.search);
      wanted.push(url.pathname + url.search);
    }
  };
  for (let path = wanted.shift(); path !== undefined; path = wanted.shift()) {
    const url = new URL(path, base);
    const got = await get(url);
    parts.push({ path, bytes: got.bytes });
    if (got.type.includes('html')) {
      for (const tag of got.body.matchAll(/<(link|script|img|source)\b[^>]*>/g)) {
        const text = tag[0];
        if (tag[1] === 'link' && !/rel="?(stylesheet|icon|preload|modulepreload|manifest)/.test(text)) continue;
        const reference = /(?:href|src)="([^"]+)"/.exec(text)?.[1];
        if (reference) add(reference.replaceAll('&amp;', '&'), url);
      }
    }
    if (got.type.includes('css'))
      for (const match of got.body.matchAll(/url\(["']?([^"')]+)/g)) add(match[1] ?? '', url);
  }
  return { bytes: parts.reduce((sum, part) => sum + part.bytes, 0), parts, foreign };
}
