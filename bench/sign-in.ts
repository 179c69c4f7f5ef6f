import { connect } from './http-connection.ts';

/** Signs a demo account in and gives its cookie. */
export async function signIn(port: number, login: string, password = 'Motcua@2026'): Promise<string> {
  const connection = await connect('127.0.0.1', port);
  const answer = await connection.ask({ method: 'POST', path: '/api/session', body: { login, password } });
  connection.close();
  const cookie = /^set-cookie: (motcua_session=[^;]+)/im.exec(answer.headers)?.[1];
  if (!cookie)
    throw new Error(`sign-in of ${login} failed: ${answer.status} ${answer.body.toString('utf8').slice(0, 300)}`);
  return cookie;
}

/** The desk whose dossiers the signed-in person receives. */
export async function deskOf(port: number, cookie: string): Promise<string> {
  const reply = await fetch(`http://127.0.0.1:${port}/api/me`, { headers: { cookie } });
  const me = (await reply.json()) as { permissions?: Record<string, string[]> };
  const unitId = me.permissions?.['dossier.receive']?.[0];
  if (!unitId) throw new Error('the account receives at no desk');
  return unitId;
}
